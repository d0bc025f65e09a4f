"""Reports that people put together."""
