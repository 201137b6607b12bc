"""Beside other libraries on the same questions, one question a file; see benchmarks/peers.py."""
