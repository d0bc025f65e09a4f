"""Whether figures may be published, and the self-checks of the application."""
