"""The referee of a class tournament: checks the files, plays everybody against everybody, ranks.

A *round* is one draw of luck (private types, news, dates): in it every entrant meets every other,
and itself, in both seats. All meet the same rounds, so entrants are compared in pairs. An entrant
that breaks the contract, hangs, crashes or cheats is out, with a reason for its author, and all its
games with it: what the others have scored does not depend on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from negotiation.analysis.tournament import DEAL, Tournament, plain
from negotiation.contest.line import (
    FOR_LOADING,
    FOR_THE_CHECK,
    Fallen,
    Limits,
    Line,
    Nursery,
)
from negotiation.contest.player import NO_MEMORY
from negotiation.contest.proxy import Away, class_of
from negotiation.errors import InputError, MissingFile, UnknownName, counted, whole_number
from negotiation.estimates import Estimate, mean_of
from negotiation.game import Game
from negotiation.printable import printable
from negotiation.scenario import SIDES, Given, Scenario
from negotiation.tactics.registry import BUILT_IN, describe
from negotiation.theory.games import Game as Matrix

MOST_ENTRANTS = 60
MOST_ROUNDS = 10_000
ROUNDS = 20


class Out(NamedTuple):
    """An entrant that is out: its file, and the reason for its author."""

    name: str
    reason: str


class Place(NamedTuple):
    """An entrant's place.

    Attributes
    ----------
    name, about : str
        Its file's name without the ending, and the first line of its class.
    gain : Estimate
        The mean of what was signed over all opponents and both seats; intervals over rounds.
    behind : Estimate
        Less than the best, from the same rounds; zero for the best.
    signed : float
        Share of its games in which something was signed.
    """

    name: str
    about: str
    gain: Estimate
    behind: Estimate
    signed: float


@dataclass(frozen=True)
class Contest:
    """The results of a class tournament.

    Attributes
    ----------
    scenario : Scenario
    played : Tournament
        Of those that stand: ``gains`` of shape (1, n, n, rounds, 2).
    about : dict of str to str
        What each says of itself.
    files : dict of str to str
        SHA-256 of every file, those that are out too.
    out : tuple of Out
    network_cut : bool
        Whether the system gave the files a network with nobody on it.
    limits : Limits
    """

    scenario: Scenario = field(repr=False)
    played: Tournament
    about: dict[str, str]
    files: dict[str, str]
    out: tuple[Out, ...]
    network_cut: bool
    limits: Limits

    @property
    def names(self) -> tuple[str, ...]:
        """Those that stand, in the order of their names."""
        return self.played.us

    @property
    def by_round(self) -> np.ndarray:
        """The score of every entrant in every round, shape (n, rounds)."""
        gains = self.played.gains[0]
        return np.asarray(0.5 * (gains[..., 0].mean(axis=1) + gains[..., 1].mean(axis=0)))

    def ranking(self) -> tuple[Place, ...]:
        """Return the places, best first; of equal ones in the order of their names."""
        scores = self.by_round
        agreed = self.played.agreed[0].mean(axis=2)
        signed = 0.5 * (agreed.mean(axis=1) + agreed.mean(axis=0))
        order = np.argsort(-scores.mean(axis=1), kind="stable")
        best = scores[order[0]]
        return tuple(
            Place(self.names[i], self.about[self.names[i]], mean_of(scores[i]),
                  mean_of(best - scores[i]), float(signed[i]))
            for i in order
        )  # fmt: skip

    def head_to_head(self) -> np.ndarray:
        """Return what each got against each, the mean over both seats; shape (n, n)."""
        means = self.played.gains[0].mean(axis=2)
        return np.asarray(0.5 * (means[..., 0] + means[..., 1].T))

    def generations(self, until: float = 60.0, points: int = 61) -> tuple[np.ndarray, np.ndarray]:
        """Return times, and each one's share of a population in which what does well spreads.

        The replicator dynamic from equal shares (Taylor and Jonker 1978), everybody meeting
        everybody in both seats. A unit of time is one in which the best and the worst pairing
        differ by a factor of e.
        """
        from negotiation.analysis.empirical_game import replicate

        found = self.head_to_head()
        path = replicate(Matrix(found, found.T), until=until, points=points)
        return path.times, path.shares[:, : len(self.names)]

    def to_dict(self) -> dict[str, Any]:
        """Return the results as plain data."""
        return {
            "scenario": self.scenario.name,
            "fingerprint": self.scenario.fingerprint,
            "rounds": self.played.runs,
            "seed": self.played.seed,
            "files": self.files,
            "ranking": [plain(place) for place in self.ranking()],
            "out": [one._asdict() for one in self.out],
            "head_to_head": {
                one: dict(zip(self.names, row, strict=True))
                for one, row in zip(self.names, self.head_to_head().tolist(), strict=True)
            },
            "by_round": dict(zip(self.names, self.by_round.tolist(), strict=True)),
            "network_cut": self.network_cut,
            "limits": self.limits._asdict(),
        }


def files_of(folder: str | Path) -> dict[str, Path]:
    """Return the strategy files of a folder by name, in order; ``_names`` are left out.

    Raises
    ------
    InputError
        If there is no such folder, no file in it, or too many.
    """
    place = Path(folder)
    if not place.is_dir():
        raise MissingFile(folder, "a folder of strategy files")
    found = {
        path.stem: path.resolve()
        for path in sorted(place.glob("*.py"))
        if path.is_file() and not path.name.startswith(("_", "."))
    }
    if not 1 <= len(found) <= MOST_ENTRANTS:
        raise InputError(
            f"{folder}: {counted(len(found), 'strategy file')} (NAME.py); allowed: 1 to "
            f"{MOST_ENTRANTS}."
        )
    return found


def contest(
    folder: str | Path,
    scenario: Given = "stockholm-2025",
    *,
    seed: int,
    rounds: int = ROUNDS,
    house: Iterable[str] = (),
    limits: Limits | None = None,
    progress: Callable[[int], Any] | None = None,
    told: Callable[[str], Any] | None = None,
) -> Contest:
    """Check the strategy files of a folder and play them all against each other.

    Parameters
    ----------
    folder : path
        Each file ``NAME.py`` with one class of ``ng.Strategy``.
    scenario : Scenario
        Or the name or path of one: where they meet.
    seed : int
        The same seed and files give the same result. In a contest one that nobody guesses.
    rounds : int
        Draws of luck: in each every entrant meets every other in both seats.
    house : iterable of str
        Names of built-in strategies that take part too.
    limits : Limits, optional
    progress : callable, optional
        Called with the number of games just done.
    told : callable, optional
        Called with a sentence whenever a file falls out.

    Raises
    ------
    InputError
        If the folder holds no files, or fewer than two entrants stand.
    """
    whole_number("seed", seed, 0)
    whole_number("rounds", rounds, 2, MOST_ROUNDS)
    files, place = files_of(folder), Scenario.of(scenario)
    keep = limits or Limits()
    guests = tuple(dict.fromkeys(house))
    for name in guests:
        if name not in BUILT_IN:
            raise UnknownName("strategy", name, BUILT_IN, "--strategy")
        if name in files:
            raise InputError(f"{files[name]}: {name} is the name of a built-in strategy that takes "
                             "part; call the file otherwise.")  # fmt: skip
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    Game(place, seed=0).play()  # compiles the rules here, where it is told that this takes long
    with Nursery() as nursery:
        referee = Referee(place, seed, keep, nursery, told or (lambda sentence: None))
        for name, path in files.items():
            referee.admit(name, path)
        for name in guests:
            referee.about[name] = describe(name).summary
        order = sorted(referee.about)
        gains, agreed = referee.play(order, rounds, progress or (lambda done: None))
        out = tuple(Out(name, referee.out[name]) for name in sorted(referee.out))
        network = referee.network_cut
        about = dict(referee.about)
    standing = [k for k, name in enumerate(order) if name in about]
    if len(standing) < 2:
        reasons = "".join(f"\n  {one.name}.py {one.reason}." for one in out)
        stand = counted(len(standing), "entrant")
        raise InputError(f"{folder}: only {stand} left to play; allowed: two or more.{reasons}")
    names = tuple(order[k] for k in standing)
    index = np.ix_(standing, standing)
    played = Tournament(
        names, names, (place.name,), rounds, seed, agreed[index][None], gains[index][None],
        place.sides,
    )  # fmt: skip
    return Contest(place, played, about, digests, out, network, keep)


class Referee:
    """Keeps the lines to the files, plays the games and notes who is out.

    Attributes
    ----------
    about : dict of str to str
        Those that stand.
    out : dict of str to str
        Those that are out, and why.
    """

    def __init__(
        self, scenario: Scenario, seed: int, limits: Limits, nursery: Nursery,
        told: Callable[[str], Any],
    ) -> None:  # fmt: skip
        self.scenario, self.seed, self.limits = scenario, seed, limits
        self.nursery, self.told = nursery, told
        self.lines: dict[tuple[str, str], Line] = {}
        self.classes: dict[str, type[Away]] = {}
        self.about: dict[str, str] = {}
        self.out: dict[str, str] = {}
        self.network_cut = True
        self.seated: dict[
            tuple[tuple[str, str], ...], Scenario
        ] = {}  # with strategies of the house

    def admit(self, name: str, path: Path) -> None:
        """Load a file, once for each seat, and try the contract on it."""
        try:
            for side in SIDES:
                line = self.lines[name, side] = self.nursery.home(path, self.limits)
                said = line.heard(FOR_LOADING, "while its file is loaded")
            self.network_cut &= said.get("network_cut") is True
            question = {
                "do": "check",
                "limit": self.limits.table_seconds,
                "seconds": int(FOR_THE_CHECK),
            }
            checked = line.ask(question, FOR_THE_CHECK, "in the check before the games")
            line.dismissed()
            if checked.get("breaches"):
                breach = printable(" ".join(str(checked["breaches"][0]).split()))
                known = breach == NO_MEMORY
                raise Fallen(
                    breach if known else f"does not keep the contract: {breach.rstrip('.')}"
                )
        except Fallen as fallen:
            self.drop(name, fallen)
            return
        self.classes[name] = class_of(said)
        self.about[name] = printable(" ".join(str(said.get("about", "")).split()))

    def drop(self, name: str, fallen: Exception) -> None:
        """Take an entrant out of the contest, and say why."""
        self.out[name] = printable(str(fallen)).rstrip(".")
        self.about.pop(name, None)
        for side in SIDES:
            if (name, side) in self.lines:
                self.lines.pop((name, side)).close()
        self.told(f"{name}.py is out: it {self.out[name]}.")

    def play(
        self, order: Sequence[str], rounds: int, progress: Callable[[int], Any]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Play all rounds; returns gains (n, n, rounds, 2) and what was signed (n, n, rounds)."""
        n = len(order)
        gains, agreed = np.zeros((n, n, rounds, 2)), np.zeros((n, n, rounds), np.bool_)
        for k in range(rounds):
            for i, us in enumerate(order):
                for j, china in enumerate(order):
                    if us in self.about and china in self.about:
                        row = self.game(us, china, k)
                        if row is not None:
                            gains[i, j, k] = row["yearly_gain"]
                            agreed[i, j, k] = row["events"][DEAL] > 0
                    progress(1)
        return gains, agreed

    def game(self, us: str, china: str, run: int) -> Any:
        """Play one negotiation; None if somebody falls out in it."""
        asked: list[str] = []
        seats: dict[str, Away] = {}
        named = dict(zip(SIDES, (us, china), strict=True))
        changes = {f"{side}.strategy": name for side, name in named.items() if name in BUILT_IN
                   and (name, side) not in self.lines}  # fmt: skip
        for side, name in named.items():
            if (name, side) in self.lines:
                seats[side] = self.classes[name](self.lines[name, side], side, asked)
        key = tuple(changes.items())
        if key not in self.seated:
            self.seated[key] = self.scenario.replace(changes) if changes else self.scenario
        try:
            game = Game(self.seated[key], seed=self.seed, run=run, strategies=seats).play()
            row = game.row()[0]
            for side, seat in seats.items():
                asked[:] = [side]
                if seat.began:
                    seat.line.finish()
        except InputError as error:
            guilty = asked[0] if asked else SIDES[0]
            self.drop(named[guilty], Fallen(_as_reason(error)))
            other = next((seat for side, seat in seats.items() if side != guilty), None)
            if other is not None and other.began and named[other.side] in self.about:
                self.let_go(other, named[other.side])
            return None
        return row

    def let_go(self, seat: Away, name: str) -> None:
        """End the game of the one who is not to blame."""
        try:
            seat.line.finish()
        except Fallen as fallen:
            self.drop(name, fallen)


def _as_reason(error: Exception) -> str:
    """Return an error as what follows the name of a file."""
    if isinstance(error, Fallen):
        return str(error)
    first = str(error).split("\n")[0]
    return f"made a move that nobody may make: {first}"
