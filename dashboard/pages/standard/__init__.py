"""The page of the service standard."""
