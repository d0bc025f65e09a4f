"""What a fact, a measure, an indicator and a proof are."""
