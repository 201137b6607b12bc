"""Payoffs: a scenario and the economy turned into the numbers that the rules read."""
