"""A plug-in cannot work out the other side's type from what it is handed.

The cheats below know all of the program: how a run's key makes types, and how luck and generators
were made from keys. They guess at chance level, because what they are handed is hashed one way.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import binomtest, kstest

import negotiation as ng
from negotiation import randomness as rnd
from negotiation.game import Game
from negotiation.payoffs.world import to_world
from negotiation.scenario import SIDES
from negotiation.solvers.quantiles import LAST, TABLE
from negotiation.tactics.behaviour_dependent import RandomTitForTat, repeated

SCENARIO = ng.Scenario.load("stockholm-three-issues")
WORLD = to_world(SCENARIO)
RUNS = 60
FALSE_ALARM = 1e-4
MASK = (1 << 64) - 1


def types_of(key: int, side: int, world) -> tuple[int, int, int]:
    """The type that a key gives a side, as the rules of the first day draw it."""
    u = [rnd.uniform(np.uint64(key), rnd.TYPE + np.uint64(2 * k + side)) for k in range(3)]
    dove, middle = world.stance_prior[side, 0], world.stance_prior[side, 1]
    stance = int(u[0] >= dove) + int(u[0] >= dove + middle)
    return stance, int(u[1] < world.trait_prior[side]), int(u[2] < world.resolve_prior[side])


def unmixed(z):
    """The bits that ``randomness.mix`` scrambles into each entry of ``z``."""

    def unshift(x, by):
        y = x
        for _ in range(64 // by + 1):
            y = x ^ (y >> np.uint64(by))
        return y

    z = unshift(np.array(z, np.uint64), 31) * np.uint64(pow(0x94D049BB133111EB, -1, 1 << 64))
    return unshift(unshift(z, 27) * np.uint64(pow(0xBF58476D1CE4E5B9, -1, 1 << 64)), 30)


def key_behind(numbers) -> int | None:
    """The key with which a run's uncertain numbers were drawn, found by undoing the draw.

    A number's place in its table of quantiles gives the upper 52 bits of a scrambled address, but
    for the last few; each way to fill in the rest is unscrambled to a key, and other numbers say
    which it is.
    """
    shares = []
    for j in np.flatnonzero(WORLD.kinds == TABLE):
        row, x = WORLD.tables[j][: LAST + 1], numbers[WORLD.uncertain[j]]
        i = int(np.searchsorted(row, x, side="right")) - 1
        if 0 <= i < len(row) - 1 and (np.diff(row) > 0).all():
            place = i + (x - row[i]) / (row[i + 1] - row[i])
            shares.append((int(rnd.WORLD) + int(WORLD.slots[j]), place / (len(row) - 1)))
    (slot, share), *others = shares
    bits = round(share * 2.0**52 - 0.5)
    words = np.arange((bits - 16) << 12, (bits + 16) << 12, dtype=np.uint64)
    keys = unmixed(words) - np.uint64(slot * int(rnd.GOLDEN) & MASK)
    for slot, share in others[:3]:
        drawn = mixed(keys + np.uint64(slot * int(rnd.GOLDEN) & MASK))
        keys = keys[np.abs((drawn >> np.uint64(12)) / 2.0**52 - share) < 1e-9]
    return int(keys[0]) if len(keys) else None


def mixed(z):
    """``randomness.mix`` of each entry of ``z``."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


class Cheat(ng.Strategy):
    """Keeps what it is handed and what it guesses the run's key to be."""

    def __init__(self) -> None:
        self.keys: set[int] = set()

    def guess(self, view, rng) -> None:
        """Add what could be the key."""

    def move(self, view, rng):
        """Look, and never agree."""
        self.guess(view, rng)
        self.view = view
        return ng.Offer(view.my_last_offer)


class ReadsTheGenerator(Cheat):
    """Takes the words that the generator was seeded with for the key, in any pairing."""

    def guess(self, view, rng):
        """Every word, and every two as halves."""
        words = [int(x) for x in np.ravel(rng.bit_generator.seed_seq.entropy)]
        self.keys.update(words)
        self.keys.update((a << 32) | b for a in words for b in words if a < 2**32 > b)
        state = rng.bit_generator.state["state"]["state"]
        self.keys.update((state & MASK, state >> 64))


class InvertsTheLuck(Cheat):
    """Takes its luck for a draw of the run, and inverts the scrambling."""

    def guess(self, view, rng):
        """The top bits are known; try the rest."""
        slot = int(rnd.TACTIC) + 2 * view.round + view.index
        bits = round(view.luck * 2.0**52 - 0.5)
        low = np.random.default_rng(0).integers(0, 4096, 16)
        words = np.array([(bits << 12) | int(n) for n in low], np.uint64)
        self.keys.update((unmixed(words) - np.uint64(slot * int(rnd.GOLDEN) & MASK)).tolist())


class InvertsTheNumbers(Cheat):
    """Works out the key of the drawn numbers, and from there undoes what mixing can be undone."""

    def guess(self, view, rng):
        """That key, what it was mixed from, and the same with each step of the way taken back."""
        if self.keys:
            return
        found = key_behind(np.frombuffer(view.records[1].tobytes()))
        assert found is not None
        self.keys.add(found)
        for step in range(rnd.ONE_WAY, 0, -1):
            back = int(unmixed([found])[0]) - step * int(rnd.GOLDEN) & MASK
            self.keys.update((back, found ^ back))
            found = back


class ReadsTheRecords(Cheat):
    """Looks for the key and the types in the records behind the view."""

    def guess(self, view, rng):
        """Whatever stands in the fields that hold them in the rules."""
        talks = view.records[0]
        self.keys.add(int(talks.key))
        other = 1 - view.index
        hidden = [talks[name][other] for name in ("stance", "trait", "resolve")]
        assert hidden == [-1, -1, -1]
        assert np.isnan(talks.held[other])
        assert not np.any([talks[f"{kind}_shock"] for kind in ("accept", "sign", "attend", "home")])


@pytest.mark.parametrize(
    "cheat",
    [ReadsTheGenerator, InvertsTheLuck, InvertsTheNumbers, ReadsTheRecords],
)
@pytest.mark.parametrize("side", SIDES)
def test_a_cheat_does_not_find_the_key(cheat, side):
    """Over 60 runs no guess is the run's key, so its types are guesses at chance level."""
    own, right = SIDES.index(side), 0
    for run in range(RUNS):
        player = cheat()
        game = Game(SCENARIO, seed=3, run=run, strategies={side: player})
        talks, world, _ = game.records
        truth = tuple(int(talks[name][1 - own]) for name in ("stance", "trait", "resolve"))
        key = int(talks.key)
        game.play()
        assert player.keys and key not in player.keys
        right += types_of(min(player.keys), 1 - own, world) == truth
        shares = [
            dict(enumerate(world.stance_prior[1 - own])),
            {0: 1.0 - world.trait_prior[1 - own], 1: world.trait_prior[1 - own]},
            {0: 1.0 - world.resolve_prior[1 - own], 1: world.resolve_prior[1 - own]},
        ]
    chance = float(np.prod([max(share.values()) for share in shares]))  # of the likeliest type
    assert binomtest(right, RUNS, chance, alternative="greater").pvalue > FALSE_ALARM


def test_the_numbers_that_are_shown_give_their_own_key_away_and_no_other():
    """The inversion works: it finds the key of the numbers, which is not that of the run."""
    for run in range(20):
        game = Game(SCENARIO, seed=3, run=run)
        talks, world, _ = game.records
        found = key_behind(np.frombuffer(world.tobytes()))
        assert found == int(rnd.world_key_of(3, run)) != int(talks.key)


def test_the_view_is_the_same_whatever_the_other_side_is():
    """Two first days that differ in the other side's type alone look alike, to every seat."""
    game = Game(SCENARIO, seed=3)
    point = game.play_to(ng.Kind.OFFER)
    seen = []
    for stance in range(3):
        talks, world, stakes = point.records
        talks.stance[1], talks.held[1] = stance, 0.1 * stance
        seen.append(
            ng.Point(point.kind, "us", 0.0, point.date, 0, game, (talks, world, stakes)).view
        )
    assert seen[0] == seen[1] == seen[2]


def test_luck_is_uniform_and_fresh_each_round():
    """240 draws of luck against the uniform law (Kolmogorov-Smirnov, false alarm 1e-3)."""
    from negotiation.strategies.view import luck_of

    draws = [
        luck_of(12345 + run, side, turn)
        for run in range(20)
        for side in (0, 1)
        for turn in range(6)
    ]
    assert len(set(draws)) == len(draws)
    assert kstest(draws, "uniform").pvalue > 1e-3


def test_the_random_tit_for_tat_answers_with_its_own_luck():
    """The class does with the luck that it is handed what the compiled rule does with its own."""
    view = SimpleNamespace(held=0.9, conceded=0.3, conceded_before=0.2, luck=0.8)
    assert RandomTitForTat().share(view) == repeated(0.9, 0.3, 0.2, 0.8, 0.02)
