"""Queries: a connection and a `Selection` (or `Groups`) in, values or a select out."""
