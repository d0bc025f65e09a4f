"""Shows the database: a multi-page Dash application."""
