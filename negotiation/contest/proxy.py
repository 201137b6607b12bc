"""A file at the table, as the talks see it: a strategy that asks another process for its moves."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from negotiation.contest.line import Fallen, Line
from negotiation.errors import counted
from negotiation.tactics.base import Strategy
from negotiation.tactics.facts import SCALE
from negotiation.tactics.moves import Accept, Offer

_NO_NUMBERS = ("nan", "inf", "-inf")


class Neither:
    """What a file returned that is no move: it shows as it did there."""

    def __init__(self, shown: str) -> None:
        self.shown = shown

    def __repr__(self) -> str:
        return self.shown


class Away(Strategy):
    """A strategy that is played in another process.

    Attributes
    ----------
    asked : list of str
        The side that was asked last, shared by the two strategies of a game: whoever was asked is
        to blame for what goes wrong.
    """

    source: ClassVar[str] = "a file of a tournament"

    def __init__(self, line: Line, side: str, asked: list[str]) -> None:
        self.line, self.side, self.asked = line, side, asked
        self.began, self.taken = False, 0.0
        self.sent: list[bytes] = [b"", b"", b""]

    def ask(self, method: str, view: Any, rng: Any = None) -> Any:
        """Return what the file says to a method of its own."""
        self.asked[:] = [self.side]
        self.began = True
        question = {"do": "ask", "method": method, **self.news(view)}
        if rng is not None:
            question["rng"] = rng
        doing = f"{'answering' if view.answering else 'offering'} in round {view.round + 1}"
        began, limits = time.monotonic(), self.line.limits
        told = self.line.ask(question, limits.answer_seconds, doing)
        self.taken += time.monotonic() - began
        if self.taken > limits.game_seconds:
            seconds = counted(limits.game_seconds, "second")
            raise Fallen(f"took more than {seconds} for its answers in one game ({doing})")
        if told.get("accept") is True:
            return Accept()
        if isinstance(told.get("package"), list):
            return Offer(tuple(told["package"]))
        if isinstance(told.get("target"), int | float):
            return Offer(target=told["target"])
        if "share" in told:
            share = told["share"]
            return float(share) if isinstance(share, str) and share in _NO_NUMBERS else share
        return Neither(str(told.get("neither", "nothing"))[:200])

    def news(self, view: Any) -> dict[str, Any]:
        """Return a view to be sent: of its records, most of it, those that are new in this game."""
        now = [record.tobytes() for record in view.records]
        new = [
            None if before == after else record
            for before, after, record in zip(self.sent, now, view.records, strict=True)
        ]
        self.sent = now
        return {"view": replace(view, records=()), "records": new}


class AwayShare(Away):
    """One that says which share it holds out for, and leaves the rest to the rules."""

    def share(self, view: Any) -> float:
        """Return the share that the file holds out for."""
        share: float = self.ask("share", view)
        return share

    def share_next(self, view: Any) -> float:
        """Return the share that the file expects to hold out for at its own next offer."""
        share: float = self.ask("share_next", view)
        return share


class AwayMove(Away):
    """One that decides for itself."""

    def move(self, view: Any, rng: np.random.Generator) -> Any:
        """Return the file's move."""
        return self.ask("move", view, rng)


def class_of(told: dict[str, Any]) -> type[Away]:
    """Return the strategy that stands for a file, with what it says of itself.

    Examples
    --------
    >>> class_of({"class": "Mine", "moves": True, "waits": False, "revises": True}).__name__
    'Mine'
    """
    base = AwayMove if told.get("moves") is True else AwayShare
    step = told.get("step")
    settings = {SCALE: float(step)} if isinstance(step, int | float) and 0.0 < step <= 1.0 else {}
    facts = {"waits": told.get("waits") is True, "revises": told.get("revises") is not False}
    name = str(told.get("class", ""))
    return type(name if name.isidentifier() else "Strategy", (base,), facts | settings)
