"""What a browser asks."""
