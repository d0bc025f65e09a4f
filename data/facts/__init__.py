"""The facts that indicators count: a roll-up that pages read, and the single rows that prove it.

The selects of single rows are also what the loader sums into the roll-ups: one definition serves both.
"""
