"""The list of places, and the sheet of one."""
