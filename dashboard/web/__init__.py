"""The application on the web: factory, routes, response cache, static files, security."""
