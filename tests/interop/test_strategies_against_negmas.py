"""Each of our strategies does as NegMAS's own of that name does, against the same opponents.

The pie is cut into twentieths and both sides have 50 offers. A cell holds the own share and the
other's, each the mean over both seats. The table stands in docs/how-to/negmas.md.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from needing import needed

import negotiation as ng
from negotiation.interop import negmas as door
from negotiation.interop.levels import levels_of
from negotiation.interop.seat import Seat

negmas = needed("negmas", "NegMAS is an extra, see test_negmas.py")

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "negmas.md"
OPPONENTS = ("BoulwareTB", "LinearTB", "ConcederTB", "NaiveTitForTat", "MiCRO")
THEIRS = {
    "boulware": "BoulwareTB", "linear": "LinearTB", "conceder": "ConcederTB",
    "tit-for-tat": "NaiveTitForTat", "micro": "MiCRO",
}  # fmt: skip
EXACT = 1e-6  # NegMAS's negotiators read offers exactly


def play(own, opponent, *, opens, seed=1, error=EXACT, pieces=20, rounds=50):
    """Return what the pie brings our, or NegMAS's, strategy and its opponent: shares, 0 if none."""
    side = 0 if opens else 1
    label = ("us", "china")[side]
    pie = ng.Scenario.load("split-the-pie").replace({"talks.reading_error": error})
    with door.seeded(seed):
        problem = door.to_negmas(pie, levels=pieces + 1)
        if own in THEIRS:
            seated = pie.replace({f"{label}.strategy": own})
            player = door.negotiator(seated, label, levels=pieces + 1, seed=seed)
        else:
            player = getattr(negmas.sao, own + "Negotiator")(name="own")
        rival = getattr(negmas.sao, opponent + "Negotiator")(name="rival")
        mechanism = problem.make_session(n_steps=rounds)
        for seat, ufun in zip((player, rival)[:: 1 if opens else -1], problem.ufuns, strict=True):
            mechanism.add(seat, ufun=ufun)
        mechanism.run()
    agreed = mechanism.state.agreement
    if agreed is None:
        return np.zeros(2)
    shares = np.array([1.0 - agreed[0], agreed[0]])  # the US, China
    return shares[[side, 1 - side]]


def both_seats(own, opponent, seeds=1, error=EXACT):
    """Return the mean over who opens, and over seeds."""
    played = [
        play(own, opponent, opens=opens, seed=1 + seed, error=error)
        for seed in range(seeds)
        for opens in (True, False)
    ]
    return np.mean(played, axis=0)


@pytest.mark.parametrize("opponent", OPPONENTS)
@pytest.mark.parametrize("own", THEIRS)
def test_a_strategy_does_as_negmas_s_own(own, opponent):
    """The same shares to a twentieth, the finest that the pie is cut to here; the page says so."""
    ours, theirs = both_seats(own, opponent), both_seats(THEIRS[own], opponent)
    assert ours == pytest.approx(theirs, abs=0.05 + 1e-9)
    rows = re.findall(rf"^\| `{own}` \|(.*)\|$", PAGE.read_text("utf-8"), re.MULTILINE)
    cell = [text.strip() for text in rows[-1].split("|")][OPPONENTS.index(opponent)]
    assert cell == "{:.2f} : {:.2f}, {:.2f} : {:.2f}".format(*ours, *theirs)


@pytest.mark.parametrize("opponent", OPPONENTS[:3])
def test_a_tit_for_tat_that_reads_with_error_does_so_on_average(opponent):
    """At the error that is not stated, a tenth of the way: to a twentieth over 20 seeds."""
    ours = both_seats("tit-for-tat", opponent, seeds=20, error=0.0)
    assert ours == pytest.approx(both_seats("NaiveTitForTat", opponent), abs=0.05)


@pytest.mark.parametrize("opens", [True, False])
@pytest.mark.parametrize("opponent", OPPONENTS)
def test_micro_concedes_one_piece_of_a_finer_pie_as_negmas_s(opponent, opens):
    """Of 101 pieces, one for each of the other's: the shares are NegMAS's."""
    ours, theirs = (
        play(own, opponent, opens=opens, pieces=100, rounds=100) for own in ("micro", "MiCRO")
    )
    assert ours == pytest.approx(theirs, abs=1e-9)


def test_a_micro_with_a_stated_step_concedes_that():
    """Tenths of a pie that is listed in twentieths; unstated it would have come half as far."""
    pie = ng.Scenario.load("split-the-pie")
    pie = pie.replace({"us.strategy": {"name": "micro", "step": 0.1}})
    offers = []
    seat = Seat(pie, 0, levels_of(pie, 21))
    seat.open(50)
    for turn in range(0, 8, 2):
        offers.append(seat.propose(turn)[0])
        assert not seat.accepts((1.0 - 0.1 * turn / 2,), turn + 1)
    assert offers == pytest.approx([0.0, 0.1, 0.2, 0.3], abs=0.05 + 1e-9)
