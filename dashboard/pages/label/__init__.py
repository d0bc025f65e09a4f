"""The page of the label."""
