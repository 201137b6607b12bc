"""The model scored against history: decisions of the past, forecast from what was known.

Read in this order: ``episodes`` (what was known before a decision), ``disputes`` (a row of the
record as such), ``situation`` (from that to a scenario), ``priors`` (what is calibrated),
``playing`` (a decision at many parameter values), ``decisions`` (what a run came to), ``emulator``
and ``record`` (what all decisions came to, at any draw), ``pooled`` (what some teach),
``calibrate`` (the same as a table), ``scenario_file`` (a row as a scenario file), ``as_recorded``
(the chances of what a record would say), ``coming`` (rows of one's own), ``scoring``, ``ledger``,
``registering`` and ``ledger_scores`` (forecasts on record). What forecasts are worth is in
:mod:`negotiation.skill`.
"""
