"""The passport of an exported file: its figures then and now."""
