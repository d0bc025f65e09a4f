"""Frames as figures: plain dicts in plotly's vocabulary, validated by the tests and not at each request."""
