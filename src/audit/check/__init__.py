"""Asks whether a report agrees with itself and with those before it."""
