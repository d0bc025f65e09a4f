"""The page of the network of managers."""
