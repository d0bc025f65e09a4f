"""The domain: what the loader and the dashboard agree on. Knows neither files nor screens."""
