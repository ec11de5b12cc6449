"""The server on this machine: who may ask, which address is which view, HTML."""
