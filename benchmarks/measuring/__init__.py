"""What the benchmarks measure with, in one place."""
