"""What is looked at in typed rows, by family of sources: rows that cannot be are refused, odd ones are signalled."""
