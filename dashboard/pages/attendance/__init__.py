"""The page of attendance."""
