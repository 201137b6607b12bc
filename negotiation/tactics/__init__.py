"""Tactics: what a delegation holds out for, one family a file.

A strategy stands in one place: its history and sources, its settings with their ranges, and its
rule, a function of what is public at the table (:mod:`~negotiation.tactics.facts`) and of its
settings. The talks call the rule's machine code, single runs and ensembles alike; names and
tables of strategies are derived from the classes (:mod:`~negotiation.tactics.registry`).
"""
