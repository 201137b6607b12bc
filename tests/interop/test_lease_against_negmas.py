"""A tournament on a small domain, the terms of a lease: ours and NegMAS's own.

Its files are tests/data/lease; the tables stand in docs/how-to/play-on-a-domain.md. Utilities are
as GENIUS reads them, not discounted; both sides have 50 offers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from needing import needed

import negotiation as ng
from negotiation.analysis.empirical_game import empirical_game
from negotiation.analysis.tournament import round_robin
from negotiation.interop import negmas as door
from negotiation.interop.domain import Domain, IntegerIssue
from negotiation.interop.domain_scenario import SCALE
from negotiation.interop.evaluators import Worths

negmas = needed("negmas", "NegMAS is an extra, see test_negmas.py")

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "play-on-a-domain.md"
THEIRS = {
    "boulware": "BoulwareTB", "linear": "LinearTB", "conceder": "ConcederTB",
    "tit-for-tat": "NaiveTitForTat", "micro": "MiCRO",
}  # fmt: skip
EXACT = 1e-6  # NegMAS's negotiators read offers exactly
ROUNDS = 50


@pytest.fixture(scope="module")
def lease():
    """The domain and the two profiles."""
    folder = Path(__file__).parents[1] / "data" / "lease"
    return numbered(*ng.interop.read_problem(folder))


def numbered(domain, profiles):
    """Return a problem with numbers for its values, of the same utilities.

    NegMAS draws from sets of outcomes; the order of texts in a set is another in each process.
    """
    issues = [IntegerIssue(issue.index, issue.name, 1, issue.size) for issue in domain.issues]
    kept = []
    for profile in profiles:
        pairs = zip(domain.issues, profile.evaluators, strict=True)
        worths = tuple(Worths(tuple(e.worth(issue.grid).tolist())) for issue, e in pairs)
        kept.append(replace(profile, evaluators=worths))
    return Domain(domain.name, tuple(issues)), tuple(kept)


def play(problem, own, opponent, *, side, opens):
    """Return what a negotiation brings our, or NegMAS's, strategy and its opponent; 0 if none."""
    label = ("us", "china")[side]
    with door.seeded(1):
        scenario = ng.interop.domain_to_negmas(*problem)
        if own in THEIRS:
            player = ng.interop.domain_negotiator(*problem, label, own, reading_error=EXACT)
        else:
            player = getattr(negmas.sao, own + "Negotiator")(name="own")
        rival = getattr(negmas.sao, opponent + "Negotiator")(name="rival")
        mechanism = scenario.make_session(n_steps=ROUNDS)
        seats = [(player, scenario.ufuns[side]), (rival, scenario.ufuns[1 - side])]
        for seat, ufun in seats if opens else seats[::-1]:
            mechanism.add(seat, ufun=ufun)
        mechanism.run()
    agreed = mechanism.state.agreement
    if agreed is None:
        return np.zeros(2)
    return np.array([float(ufun(agreed)) for _, ufun in seats])


@pytest.fixture(scope="module")
def cells(lease):
    """Own utility and the opponent's of each pair, over both parties and both orders of moving."""
    return {
        (own, opponent): np.mean(
            [
                play(lease, own, opponent, side=side, opens=opens)
                for side in (0, 1)
                for opens in (True, False)
            ],
            axis=0,
        )
        for own in (*THEIRS, *THEIRS.values())
        for opponent in THEIRS.values()
    }


def own_mean(cells, own):
    """Return what a strategy gets on average over NegMAS's five."""
    return np.mean([cells[own, opponent][0] for opponent in THEIRS.values()])


def test_each_of_ours_does_as_its_namesake(cells):
    """Sides that watch the clock: on average within 0.08 of NegMAS's own, and ever with a deal.

    Ours knows what an outcome is worth to the other party and offers the best of those that are
    worth enough to itself; NegMAS's offers any of them. The page says what else is apart.
    """
    for opponent in THEIRS.values():  # one outcome for each of the other's: the same table
        assert cells["micro", opponent] == pytest.approx(cells["MiCRO", opponent], abs=0.011)
    for own in ("boulware", "linear", "conceder"):
        assert own_mean(cells, own) == pytest.approx(own_mean(cells, THEIRS[own]), abs=0.08), own
        assert min(cells[own, opponent].min() for opponent in THEIRS.values()) > 0.4
    assert own_mean(cells, "boulware") > own_mean(cells, "linear") > own_mean(cells, "conceder")
    text = PAGE.read_text("utf-8")
    for own, theirs in THEIRS.items():
        row = re.search(rf"^\| `{own}` \|(.*) : .*\|$", text, re.MULTILINE)
        assert row is not None, own
        shown = [cell.strip() for cell in row[0].strip("| ").split("|")[1:]]
        expected = [
            "{:.2f} : {:.2f}, {:.2f} : {:.2f}".format(*cells[own, name], *cells[theirs, name])
            for name in THEIRS.values()
        ]
        assert shown == expected


def test_the_round_robin_at_our_table(cells, lease):
    """Those that watch the clock rank as NegMAS's do; those that answer steps never deadlock.

    The same five, each against all and on both sides, on the scenario that the domain becomes.
    """
    scenario = ng.interop.from_domain(*lease, name="lease").scenario
    scenario = scenario.replace({"us.patience": 1.0, "china.patience": 1.0})
    played = round_robin([scenario], us=tuple(THEIRS), china=tuple(THEIRS), runs=100, seed=1)
    game = empirical_game(played)
    means = (np.mean(game.A, axis=1) + np.mean(game.B, axis=0)) / 2.0 / SCALE
    gains = dict(zip(THEIRS, means.tolist(), strict=True))
    theirs = {own: own_mean(cells, name) for own, name in THEIRS.items()}
    for own in ("boulware", "linear", "conceder"):
        assert gains[own] == pytest.approx(theirs[own], abs=0.05), own
    assert gains["boulware"] > gains["linear"] > gains["conceder"]
    deadlocked, steps = cells["NaiveTitForTat", "MiCRO"], ("tit-for-tat", "micro")
    assert deadlocked.tolist() == cells["MiCRO", "NaiveTitForTat"].tolist() == [0.0, 0.0]
    met = [list(THEIRS).index(own) for own in steps]
    assert min(game.A[met[0]][met[1]], game.A[met[1]][met[0]]) > 0.5 * SCALE
    for own in steps:
        assert gains[own] > theirs[own]
    for own in THEIRS:
        apart = round(gains[own] - theirs[own], 2) + 0.0  # a minus zero is a zero
        row = f"| `{own}` | {gains[own]:.2f} | {theirs[own]:.2f} | {apart:+.2f} |"
        assert row in PAGE.read_text("utf-8"), row
