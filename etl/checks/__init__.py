"""Checks of typed rows, by family of sources: impossible rows are refused, implausible ones get a warning."""
