"""HTML elements and their serializer."""
