"""The page of the agenda and the news."""
