"""The page of partners."""
