"""What can be said at the table."""

from __future__ import annotations

from dataclasses import dataclass

from negotiation.door import unlike
from negotiation.errors import InputError, OutOfRange, WrongKind, counted

Package = tuple[float, ...]


@dataclass(frozen=True)
class Accept:
    """Take the other side's last offer; when it is the own turn to offer, offer it back."""


@dataclass(frozen=True)
class Offer:
    """Put a package on the table, or refuse the standing one if asked for an answer.

    Attributes
    ----------
    package : tuple of float, optional
        How far each issue is conceded, each from 0 to its reach.
    target : float, optional
        Instead of a package: what it is to be worth, $bn per year; see :meth:`worth`.
    """

    package: Package | None = None
    target: float | None = None

    def __post_init__(self) -> None:
        if self.package is not None and self.target is not None:
            raise InputError("offer: give a package, or what it is to be worth, not both.")

    @classmethod
    def between(cls, mine: Package, theirs: Package | None, share: float) -> Offer:
        """Return the offer ``share`` of the way from ``mine`` to ``theirs``, issue by issue.

        With nothing on the other side of the table yet, it stays at ``mine``.

        Examples
        --------
        >>> Offer.between((0.0, 1.0), (1.0, 0.5), 0.5).package
        (0.5, 0.75)
        >>> Offer.between((0.0, 1.0), None, 0.5).package
        (0.0, 1.0)
        """
        if theirs is None:
            return cls(tuple(mine))
        if len(mine) != len(theirs):
            raise InputError(f"offer: {counted(len(mine), 'issue')} here, {len(theirs)} there.")
        return cls(tuple(a + share * (b - a) for a, b in zip(mine, theirs, strict=True)))

    @classmethod
    def worth(cls, target: float) -> Offer:
        """Return the offer of the public frontier's package that is worth ``target`` to its side.

        Worth as the other side sees it, in expectation over the private types, $bn per year:
        offers are drafted so, lest their composition give the type away. Beyond the ends of
        the frontier the nearest end is meant.

        Examples
        --------
        >>> Offer.worth(12.0)
        Offer(package=None, target=12.0)
        """
        return cls(target=target)


@dataclass(frozen=True)
class Share:
    """Do as the rules do for a side that holds out for a share of its way.

    As an offer: the package of the public frontier that is worth so much to the side. As an
    answer: what the rule answers if the side's own next offer is to hold out for so much.

    Attributes
    ----------
    share : float
        From 0, the reservation value, to 1, the own ideal.
    """

    share: float

    def __post_init__(self) -> None:
        if expected := unlike(float, self.share):
            raise WrongKind("share", self.share, expected)
        if not 0.0 <= self.share <= 1.0:
            raise OutOfRange("share", self.share, "from 0 to 1")


Move = Offer | Accept
