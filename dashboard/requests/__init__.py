"""Requests of a browser."""
