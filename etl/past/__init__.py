"""A database as it was known at a load: the same tables, the same roll-ups, without what came later."""
