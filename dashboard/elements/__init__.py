"""The language in which components describe HTML, and its serializer."""
