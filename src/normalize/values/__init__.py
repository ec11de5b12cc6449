"""Cells of results, forecasts and baselines: figures, units and periods."""
