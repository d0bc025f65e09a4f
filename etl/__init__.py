"""Fills the database: bytes in, rows out."""
