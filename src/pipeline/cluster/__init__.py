"""Reads reports on a Dask cluster."""
