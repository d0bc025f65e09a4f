"""The one search of the site: what it finds, its page and its suggestions."""
