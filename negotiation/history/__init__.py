"""The record of past US trade disputes: decisions, spells of penalties, deals.

Read in this order: ``codes`` (what a cell may say, a sentence each), ``rows`` (what a row is),
``reading`` (the shipped tables, or a user's own), ``administrations`` (who was in office),
``resampling`` (intervals from whole disputes), ``tables`` (what can be counted). What the columns
mean, how they were coded and where they come from is in ``data/README.md``.
"""
