"""Values as Dash components."""
