"""A person at the table: what is typed, line by line, and what comes of it.

Lines come from a terminal, a pipe or a file alike. After every decision the game is kept in its
file, so that nothing is lost however the session ends.
"""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from negotiation.cli import play_text as text
from negotiation.cli.files import write_json
from negotiation.errors import InputError, did_you_mean, shortened
from negotiation.game import Kind
from negotiation.seat import hints, words
from negotiation.seat.draft import Draft
from negotiation.seat.seat import Seat
from negotiation.words.language import tr

WORDS = (
    "hint", "futures", "status", "leave", "back", "address", "quit", "help", "offer", "hold",
    "swap", "set", "mine", "theirs", "take", "more",
)  # fmt: skip
KEEP = "!"  # after an answer: the same again until something happens


class Stopped(Exception):
    """The person has left the table."""


class AtTheTable:
    """One sitting of a person at the table.

    Parameters
    ----------
    seat : Seat
    path : Path
        Where the game is kept.
    say : callable
        What prints a text.
    lines : iterator of str
        What is typed; a line a time.
    strict : bool
        Whether a line that means nothing ends the sitting: it does where nobody reads the answer.
    futures : int
        Runs behind ``futures``.
    """

    def __init__(
        self, seat: Seat, path: Path, say: Callable[[str], object], lines: Iterator[str], *,
        strict: bool, futures: int = hints.FUTURES,
    ) -> None:  # fmt: skip
        self.seat, self.path, self.say, self.lines = seat, path, say, lines
        self.strict, self.futures = strict, futures
        self.draft: Draft | None = None
        self.read = 0
        self.alone = False  # whether the rest is left to the rule

    def play(self) -> bool:
        """Play until the game is over; False if the person has left before that."""
        self.keep()
        try:
            while not self.seat.over:
                if self.alone:
                    self.seat.decide(None)
                    continue
                self.ask()
                decided = False
                while not decided:
                    decided = self.one()
                self.draft = None
                self.keep()
        except Stopped:
            self.keep()
            return False
        for item in self.seat.news():
            self.say(text.laid(item.replace("\n", "\n  ")) + "\n")
        self.keep()
        return True

    def keep(self) -> None:
        """Write the game into its file."""
        write_json(self.path, self.seat.to_dict())

    def ask(self, *, again: bool = False) -> None:
        """Say what has happened and put the question."""
        news = [] if again else self.seat.news()
        if self.seat.waiting().kind is Kind.OFFER and self.draft is None:
            self.draft = self.seat.draft()
        self.say(text.asked(self.seat, news, self.draft))

    def one(self) -> bool:
        """Do what one line says; returns whether the decision has been taken."""
        try:
            line = next(self.lines)
        except StopIteration:
            raise Stopped from None
        self.read += 1
        said = line.split("#")[0].strip()
        if not said:
            return False
        try:
            return self.obey(said)
        except InputError as error:
            if self.strict:
                raise InputError(tr("line {n}: {error}", n=self.read, error=error)) from None
            self.say(f"{error}")
            return False

    def obey(self, said: str) -> bool:
        """Do what was typed."""
        try:
            first, *rest = shlex.split(said)
        except ValueError:
            first, *rest = said.split()
        word = first.casefold()
        if word in ("quit", "exit", "q"):
            raise Stopped
        if word in ("help", "?"):
            offering = self.seat.waiting().kind is Kind.OFFER
            answer = tr(
                "Type the number of an answer or its first letters; with {mark} after it the same "
                "answer is given again until something happens.", mark=KEEP,
            )  # fmt: skip
            moves = tr(text.MOVES) if offering else text.laid(answer)
            self.say("\n".join([moves, tr(text.ALWAYS)]))
        elif word == "hint":
            self.say(
                "\n".join(
                    text.laid(line, "  ") for line in hints.theory(self.seat, runs=self.runs())
                )
            )
        elif word == "futures":
            package = self.draft.package if self.draft else None
            found = hints.futures(self.seat, package, runs=self.runs())
            self.say(text.future_lines(self.seat, found, self.runs()))
        elif word == "status":
            self.say(text.status(self.seat))
        elif word == "address":
            self.say(json.dumps(self.seat.game.address))
        elif word == "back":
            self.seat.take_back()
            self.draft = None
            self.say(tr("Taken back. It is told in the debrief."))
            self.keep()
            self.ask()
        elif word == "leave":
            if rest not in ([], ["all"]):
                given = shortened(" ".join(rest))
                raise InputError(tr("leave {given}: allowed: leave, leave all.", given=given))
            self.alone = rest == ["all"]
            self.seat.decide(None)
            return True
        elif self.seat.waiting().kind is Kind.OFFER:
            return self.offering(word, rest)
        else:
            self.answer(said)
            return True
        return False

    def runs(self) -> int:
        """Return how many futures to play: fewer where a class in Python decides."""
        return self.futures if not self.seat.game.strategies else max(self.futures // 20, 2)

    def answer(self, said: str) -> None:
        """Take a decision in words."""
        keep = said.endswith(KEEP)
        choice = words.understood(self.seat.waiting(), said.removesuffix(KEEP))
        self.seat.decide(choice, keep=keep)

    def offering(self, word: str, rest: list[str]) -> bool:
        """Change the offer that is being put together, or put it on the table."""
        draft = self.draft or self.seat.draft()
        view = draft.view
        if word in ("offer", "hold"):
            package = view.my_last_offer if word == "hold" else draft.package
            self.seat.decide(package)
            return True
        if word.startswith("+") or word == "more":
            whom = f"{word.lstrip('+')} {' '.join(rest)}".removeprefix("more").strip()
            self.draft = self.shifted(draft, whom.removeprefix("for ").strip())
        elif word == "swap":
            self.draft = draft.swapped()
            if self.draft.package == draft.package:
                self.say(tr("No swap is left that would bring them more at no cost to you."))
                return False
        elif word == "set":
            if len(rest) < 2:
                raise InputError(tr("set: say which term and what level, such as: set 6 20."))
            self.draft = self.set_term(draft, rest)
        elif word == "mine":
            self.draft = draft.holding(view.my_last_offer)
        elif word == "theirs":
            if view.last_offer is None:
                raise InputError(tr("theirs: they have made no offer yet."))
            self.draft = draft.holding(view.last_offer)
        elif word == "take":
            known = {s.name: s.package for s in hints.suggestions(self.seat, runs=self.runs())}
            name = " ".join(rest)
            if name not in known:
                said = {"given": shortened(name), "hint": did_you_mean(name, known)}
                names = ", ".join(known)
                raise InputError(tr("take {given}: allowed: {names}.{hint}", names=names, **said))
            self.draft = draft.holding(known[name])
        else:
            said = {"given": shortened(word), "hint": did_you_mean(word, WORDS)}
            raise InputError(
                tr("{given} means nothing here; type help for what does.{hint}", **said)
            )
        self.say(text.offer_table(self.draft, self.seat.waiting()))
        return False

    def set_term(self, draft: Draft, rest: list[str]) -> Draft:
        """Return the draft with a term set, whose name may be of several words."""
        for cut in range(len(rest) - 1, 0, -1):
            try:
                draft.place_of(" ".join(rest[:cut]))
            except InputError:
                if cut == 1:
                    raise
                continue
            level = " ".join(word for word in rest[cut:] if word not in ("to", "="))
            return draft.setting(" ".join(rest[:cut]), level)
        raise AssertionError

    def shifted(self, draft: Draft, whom: str) -> Draft:
        """Return the draft with a little more for one side."""
        moves: dict[str, Callable[[], Draft]] = {"them": draft.for_them, "me": draft.for_us}
        whom = {"us": "me", "mine": "me", "my side": "me"}.get(whom, whom)
        found = [name for name in moves if whom and name.startswith(whom)]
        if len(found) != 1:
            given = shortened(whom)
            raise InputError(tr("more for {given}: allowed: + them, + me.", given=given))
        changed = moves[found[0]]()
        if changed.package == draft.package:
            raise InputError(
                tr("There is nothing more in the terms that would go to {whom}.", whom=found[0])
            )
        return changed


def typed_lines(source: TextIO, *, terminal: bool) -> Iterator[str]:
    """Yield what is typed; on a terminal after a prompt, which goes where the page goes."""
    while True:
        if terminal:
            sys.stdout.write("> ")
            sys.stdout.flush()
        line = source.readline()
        if not line:
            return
        yield line


def read_saved(path: Path) -> Any:
    """Return what a file of a game holds.

    Raises
    ------
    InputError
        If there is none, or it is no JSON.
    """
    from negotiation.errors import MissingFile

    if not path.is_file():
        raise MissingFile(path, tr("a game that negotiation play has kept"))
    try:
        return json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError):
        raise InputError(
            tr("{path}: this is no game that negotiation play has kept.", path=path)
        ) from None
