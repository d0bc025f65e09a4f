"""The page of aid."""
