"""The page that compares territories, and the sheet of one."""
