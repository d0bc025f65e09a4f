"""Reports: charts, figures, lists and sheets put together, as documents of several formats."""
