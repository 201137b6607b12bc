"""Numerical methods behind the rules and the theory: they know no negotiation."""
