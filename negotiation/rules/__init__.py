"""The rules: one file per phase or mechanism, the same functions for every driver."""
