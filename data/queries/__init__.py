"""Questions to the database: a connection and a selection in, values or a DataFrame out."""
