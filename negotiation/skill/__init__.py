"""What a forecast of past decisions is worth, against rivals that learned from other decisions.

Read in this order: ``cases`` (what was known before a decision, without how it ended), ``splits``
(which decisions may be learned from when one is forecast), the forecasters ``rates``, ``logit``,
``trees`` and ``given``, ``assessing`` (forecasts out of sample, scores, gains), the ablations
``permuting``, ``blanking`` and ``blanking_the_model``, ``published`` (what was said at the time),
``whole`` (all of it).

A forecaster is a function: of the cases learned from, their outcomes and the cases asked about,
to the probabilities of the five outcomes, in the order of ``history.codes.Outcome``.
"""

from negotiation.skill.assessing import assess as assess
from negotiation.skill.cases import Cases as Cases
from negotiation.skill.cases import cases_of as cases_of
from negotiation.skill.given import Given as Given
