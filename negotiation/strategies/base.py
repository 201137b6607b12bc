"""The names that a strategy of one's own needs, where files written for earlier versions look."""

from negotiation.tactics.base import Strategy as Strategy
from negotiation.tactics.moves import Accept as Accept
from negotiation.tactics.moves import Offer as Offer
