"""Proofs: for each indicator, the single rows of which its figure is made, and the arithmetic between the two."""
