"""The model scored against history: decision points of the past, forecast from what was known.

Read in this order: ``episodes`` (what a row of the past is), ``situation`` (from its covariates to
a scenario), ``priors`` (what is calibrated), ``playing`` (an episode at many parameter values),
``decisions`` (what a run came to), ``posterior`` and ``folds`` (weights instead of new runs, each
episode without itself), ``calibrate``, ``forecast`` (any file of episodes), ``scoring``, ``rivals``
(what it must beat), ``adopting`` (the posterior put into a scenario file), ``ledger``,
``registering`` and ``ledger_scores`` (forecasts on record). The page about it, and
what was published at the time, are in ``experiments/hindcast``.
"""
