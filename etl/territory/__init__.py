"""Places on the map: communes found by name or code, outlines of intercommunalités."""
