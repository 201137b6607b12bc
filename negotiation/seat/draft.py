"""An offer that is being put together, term by term or a little at a time.

A little more for them, a little more for us, a swap: each is one small change of the package, the
one among all terms that does most for the side that gains and costs the other least. What a package
is worth to oneself is known; what it is worth to the other side is what it is expected to be worth
over the private types that it may have.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from negotiation.errors import InputError, OutOfRange, did_you_mean, shortened, written
from negotiation.scenario import Scenario
from negotiation.scenario.sections import Issue
from negotiation.strategies.view import Item, View
from negotiation.tactics.moves import Package
from negotiation.words.language import data, tr, trc
from negotiation.words.packages import amount

LITTLE = 0.05  # of the way from walking away to the ideal
GRID = 41  # levels at which a term is tried
LEAST = 1e-6  # of the way: what counts as a change


@dataclass(frozen=True)
class Draft:
    """An offer that is being put together.

    Attributes
    ----------
    scenario : Scenario
    view : View
        What the side sees, by which it values the package.
    package : tuple of float
        How far each issue is conceded.

    Examples
    --------
    >>> import negotiation as ng
    >>> scenario = ng.Scenario.load("stockholm-2025")
    >>> point = ng.Game(scenario, seed=1).play_to("offer", side="china")
    >>> draft = Draft(scenario, point.view, point.view.my_last_offer)
    >>> softer = draft.for_them()
    >>> softer.ours < draft.ours, softer.theirs > draft.theirs
    (True, True)
    >>> draft.setting("purchase", "20").amount("purchase_commitments")
    '$20bn a year pledged above trend'
    """

    scenario: Scenario
    view: View = field(repr=False)
    package: Package

    @property
    def ours(self) -> float:
        """What it is worth to oneself."""
        return self.view.worth(self.package)

    @property
    def theirs(self) -> float:
        """What it is expected to be worth to the other side."""
        return self.view.expected_worth_to_other(self.package)

    @property
    def share(self) -> float:
        """What it is worth as a share of the own way: 0 as walking away, 1 as the ideal."""
        way = self.view.ideal - self.view.walk_away
        return (self.ours - self.view.walk_away) / way if way > 0.0 else 0.0

    def amount(self, key: str) -> str:
        """Return how far an issue is conceded, in its own unit."""
        place = [item.key for item in self.view.issues].index(key)
        return amount(self.scenario.issues[key], self.package[place])

    def holding(self, package: Package) -> Draft:
        """Return the draft with another package."""
        return replace(self, package=tuple(package))

    def for_them(self, little: float = LITTLE) -> Draft:
        """Return the draft with a little more for them, where that costs oneself least."""
        return self._moved(little * self._way(), giving=True)

    def for_us(self, little: float = LITTLE) -> Draft:
        """Return the draft with a little more for oneself, where that costs them least."""
        return self._moved(little * self._way(), giving=False)

    def swapped(self, little: float = LITTLE) -> Draft:
        """Return the draft with one term given for another.

        It is worth the same to oneself and more to them; the same draft if no such swap is left.
        """
        size, best = little * self._way(), (LEAST * self._way(), self)
        for k in range(len(self.package)):
            given = self._to(k, size, giving=True)
            cost = self.ours - given.ours
            if given.package == self.package:
                continue
            for m in range(len(self.package)):
                if m != k:
                    swap = given._to(m, cost, giving=False)
                    if abs(swap.ours - self.ours) <= 0.1 * abs(cost) + LEAST * self._way():
                        best = max(
                            best, (swap.theirs - self.theirs, swap), key=lambda pair: pair[0]
                        )
        return best[1]

    def setting(self, term: str, level: str) -> Draft:
        """Return the draft with one term at a level that was typed, in the unit of its issue.

        Parameters
        ----------
        term : str
            The number of the issue, from 1, its key, or the beginning of a word of it.
        level : str
            Such as ``12``, ``20%``.

        Raises
        ------
        InputError
            If there is no such term, or it cannot be at this level.
        """
        k = self.place_of(term)
        item = self.view.issues[k]
        z = conceded_at(self.scenario.issues[item.key], item, level)
        return self.holding((*self.package[:k], z, *self.package[k + 1 :]))

    def place_of(self, term: str) -> int:
        """Return which issue is meant by a number, a key or the beginning of a word."""
        items = self.view.issues
        if (place := written(term, 1, len(items))) is not None:
            return place - 1
        asked = term.casefold().replace("-", "_").replace(" ", "_")
        words = [f"_{item.key}_{item.name}".casefold().replace(" ", "_") for item in items]
        found = [k for k, item in enumerate(items) if item.key == asked]
        found = found or [k for k, text in enumerate(words) if asked and f"_{asked}" in text]
        if len(found) == 1:
            return found[0]
        keys = [item.key for item in items]
        if found:
            several = ", ".join(keys[k] for k in found)
            given = shortened(term)
            raise InputError(
                tr("set: {given} may mean {several}; say which.", given=given, several=several)
            )
        said = {"given": shortened(term), "n": len(keys), "names": ", ".join(keys)}
        raise InputError(
            tr(
                "set: there is no term {given}; allowed: 1 to {n}, or a name: {names}.{hint}",
                hint=did_you_mean(asked, keys), **said,
            )
        )  # fmt: skip

    def _way(self) -> float:
        return max(self.view.ideal - self.view.walk_away, 0.0)

    def _moved(self, size: float, *, giving: bool) -> Draft:
        """Return the draft with own worth changed by ``size``, term after term, the best first."""
        now, left = self, size
        for _ in self.package:
            steps = [now._to(k, left, giving=giving) for k in range(len(now.package))]
            steps = [step for step in steps if step.package != now.package]
            if not steps or left <= LEAST * max(size, 1e-12):
                break
            start = now

            def rate(step: Draft, start: Draft = start) -> float:
                own, other = abs(step.ours - start.ours), step.theirs - start.theirs
                return other / max(own, 1e-12) if giving else own / max(-other, 1e-12)

            now = max(steps, key=rate)
            left -= abs(now.ours - start.ours)
        return now

    def _to(self, k: int, size: float, *, giving: bool) -> Draft:
        """Return the draft with term ``k`` moved until own worth has changed by ``size``."""
        item, z = self.view.issues[k], self.package[k]
        up = (item.conceded_by == self.view.side) == giving
        levels = np.linspace(z, item.reach if up else 0.0, GRID)
        if abs(levels[-1] - z) < 1e-9:
            return self
        sign, ours = (-1.0 if giving else 1.0), self.ours
        before = (z, 0.0)
        for level in levels[1:]:
            tried = self._with(k, float(level))
            change = sign * (tried.ours - ours)
            if change >= size:
                part = (size - before[1]) / max(change - before[1], 1e-12)
                return self._with(k, before[0] + min(max(part, 0.0), 1.0) * (level - before[0]))
            if change < before[1]:  # beyond its best level a term brings less again
                break
            before = (float(level), change)
        return self._with(k, before[0]) if before[1] > LEAST * size else self

    def _with(self, k: int, z: float) -> Draft:
        return self.holding((*self.package[:k], float(z), *self.package[k + 1 :]))


def conceded_at(issue: Issue, item: Item, level: str) -> float:
    """Return how far an issue is conceded at a level that was typed.

    Raises
    ------
    InputError
        If it is no level, or beyond the reach.

    Examples
    --------
    >>> tariff = Issue(name="tariff", conceded_by="us", unit="points", status_quo=20, full=0)
    >>> item = Item("tariff", "tariff", "points", "us", 20.0, 0.0, 0.5)
    >>> conceded_at(tariff, item, "15"), conceded_at(tariff, item, "25% of the way")
    (0.25, 0.25)
    >>> conceded_at(tariff, item, "5")
    Traceback (most recent call last):
        ...
    negotiation.errors.OutOfRange: tariff = '5' is out of range; allowed: from 20 to 10 points.
    """
    text = level.strip().lower().lstrip("$")
    percent, of_the_way = "%" in text, text.endswith("of the way")
    try:
        value = float(text.split("%")[0].removesuffix("bn").strip())
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        raise InputError(
            tr(
                "set: {given} is no level of {term}; expected a number such as {level}.",
                given=repr(level), term=item.key, level=typed(issue, 0.5 * item.reach),
            )
        )  # fmt: skip
    shares = issue.unit.startswith("share ")
    if issue.unit == "index" or of_the_way or (percent and not shares):
        z = value / 100.0
    else:
        value = value / 100.0 if shares and (percent or value > 1.0) else value
        z = (value - issue.status_quo) / (issue.full - issue.status_quo)
    if not -1e-9 <= z <= item.reach * (1.0 + 1e-3) + 1e-9:
        first, last = typed(issue, 0.0), typed(issue, item.reach)
        ends = tr("from {low} to {high}", low=first, high=last)
        if not (issue.unit == "index" or shares):
            ends = trc("a level", "{ends} {unit}", ends=ends, unit=data(issue.unit))
        raise OutOfRange(item.key, level, ends)
    return float(min(max(z, 0.0), item.reach))


def typed(issue: Issue, z: float) -> str:
    """Return a level as it may be typed."""
    value = issue.status_quo + z * (issue.full - issue.status_quo)
    if issue.unit == "index":
        return f"{100 * z:.0f}%"
    if issue.unit.startswith("share "):
        return f"{100 * value:.3g}%"
    return f"{value:.3g}"
