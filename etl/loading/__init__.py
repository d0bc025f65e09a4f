"""One file into the database: stage, merge, roll-ups; each transaction whole or not at all."""
