"""A negotiation that stops wherever somebody has to decide."""

from negotiation.game.choices import Decision as Decision
from negotiation.game.choices import Kind as Kind
from negotiation.game.choices import PackageSpace as PackageSpace
from negotiation.game.game import Game as Game
from negotiation.game.game import run as run
from negotiation.game.point import Point as Point
from negotiation.tactics.moves import Share as Share
