"""How long penalties last that a decision begins, at many values of the parameters.

A decision with which a spell of the record begins is played on until its penalties end, for two
years at most. What is counted are the runs in which penalties begin, by how long these last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from negotiation.analysis.penalty_spells import LONGEST, spells_in
from negotiation.hindcast.observed import binned
from negotiation.hindcast.playing import PER_WORLD, Played, by_draw
from negotiation.history.rows import Decision, Spell
from negotiation.sweep.tick_by_tick import NO_DAYS, TICK, play_ticks, ticks_of

END = dt.date(2025, 7, 28)  # of the record
LAST = (90, 365)  # days: the last of each bin but the open one


@dataclass(frozen=True)
class Begun:
    """A spell of the record with the decision that it began with.

    Attributes
    ----------
    spell : Spell
    decision : Decision
    """

    spell: Spell
    decision: Decision

    @property
    def followed(self) -> float:
        """For how many days it would have been seen, had it lasted."""
        return float(((self.spell.observed_to if self.spell.censored else END) or END)
                     .toordinal() - self.spell.start.toordinal())  # fmt: skip


def begun(spells: Sequence[Spell], rows: Sequence[Decision]) -> list[Begun]:
    """Return the spells that began with one of the decisions.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> found = begun(shipped().spells, shipped().decisions)
    >>> found[0].spell.id, found[0].decision.id
    ('S01', 'T088')
    """
    by_spell = {row.spell_id: row for row in rows if row.spell_id and row.counted}
    return [Begun(spell, by_spell[spell.id]) for spell in spells if spell.id in by_spell]


def counted(
    players: Sequence[Played], draws: np.ndarray, *, seed: int, runs: int, workers: int = 1
) -> np.ndarray:
    """Return how many spells of penalties fall into each bin.

    Parameters
    ----------
    players : sequence of Played
        The decisions.
    draws : ndarray, shape (draws, parameters)
    seed, runs : int
        Draw k plays runs ``k runs`` to ``(k + 1) runs - 1`` of every decision.
    workers : int
        Threads; they change nothing.

    Returns
    -------
    ndarray of uint8, shape (draws, n, bins)
    """
    each = max(ticks_of(player.table.scenario, LONGEST) for player in players)

    def one(k: int) -> list[np.ndarray]:
        room, found = np.zeros(runs * each, TICK), []
        for player in players:
            records = player.table.records(player.numbers(draws[k]))
            n = play_ticks(records, seed, k * runs, runs, PER_WORLD, LONGEST, room, NO_DAYS)
            days, _, run = spells_in(room[:n])
            first = np.unique(run, return_index=True)[1]
            found.append(np.bincount(binned(days[first], LAST), minlength=len(LAST) + 1))
        return found

    return by_draw(one, len(draws), workers=workers).astype(np.uint8)
