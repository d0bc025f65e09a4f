"""The model of figures: facts, measures, indicators, groups, proofs."""
