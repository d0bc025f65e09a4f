"""The page of suggestions on the quality of life at work."""
