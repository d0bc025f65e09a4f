"""What shows the domain in a browser; knows nothing of how the database is filled."""
