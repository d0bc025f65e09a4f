"""The page on which anybody finds a labelled place, and its parts for other sites."""
