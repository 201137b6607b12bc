"""Scenarios: frozen settings in, TOML in and out, every number with its source."""

from negotiation.scenario.quantity import Quantity as Quantity
from negotiation.scenario.scenario import Given as Given
from negotiation.scenario.scenario import Scenario as Scenario
from negotiation.scenario.scenario import overlapping as overlapping
from negotiation.scenario.sections import MAX_CONSTITUENCIES as MAX_CONSTITUENCIES
from negotiation.scenario.sections import MAX_ISSUES as MAX_ISSUES
from negotiation.scenario.sections import MAX_LINKS as MAX_LINKS
from negotiation.seats import SEATS
from negotiation.seats import STANCES as STANCES
from negotiation.shipped import shipped as shipped

SIDES = SEATS
