"""The page that sets territories, partners, schemes or types of holders side by side."""
