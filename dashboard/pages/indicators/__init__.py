"""The dictionary, and the sheet of an indicator."""
