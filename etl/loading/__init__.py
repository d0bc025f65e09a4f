"""One file into the database: staging, merge, roll-ups, in one transaction."""
