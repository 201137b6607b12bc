"""Analysis: counts of many runs turned into odds that can be defended."""
