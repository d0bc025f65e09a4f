"""A database made, brought up to this version, and filled with reference data and the demonstration."""
