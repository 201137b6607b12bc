"""``negotiation play``: take a side, decide what it decides, see at the end what was hidden."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from negotiation.cli import drawing
from negotiation.cli import options as o
from negotiation.cli.codes import INTERRUPTED
from negotiation.cli.say import say
from negotiation.errors import InputError
from negotiation.seats import SEATS, opposite
from negotiation.words.language import tr, unreviewed

if TYPE_CHECKING:
    from negotiation.seat import Debrief, Seat

PLACE = 81
LAST = 2**63 - 1
MOST = 1_000_000
DELEGATIONS = 1000
ROUNDS = 5

Side = Annotated[str | None, o.text("SIDE", "The side that you decide for, such as china.", "--as")]
Against = Annotated[
    str | None, o.text("STRATEGY", "What the other side plays; the scenario's if not given.")
]
NewSeed = Annotated[
    int | None, o.number("S", "The same seed gives the same game; a new one if not given.")
]
Home = Annotated[
    bool, o.flag("Decide for your home front too; else it votes by its rule.", "--home")
]
Resume = Annotated[Path | None, o.text("FILE", "Go on with a game that was kept.")]
Keep = Annotated[
    Path | None, o.text("FILE", "Where to keep the game; by default in out/SCENARIO/play.")
]
Quiz = Annotated[
    bool, o.flag("Name that strategy: five rounds, an unnamed strategy in each.", "--quiz")
]
Delegations = Annotated[
    int, o.number("N", "Simulated delegations in your place, for the debrief and for futures.")
]


def play(
    scenario: o.ScenarioName = o.DEFAULT_SCENARIO,
    side: Side = None,
    against: Against = None,
    seed: NewSeed = None,
    settings: o.Settings = None,
    home: Home = False,
    keep: Keep = None,
    resume: Resume = None,
    quiz: Quiz = False,
    delegations: Delegations = DELEGATIONS,
    language: o.Language = "en",
    as_json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> None:
    """Take a side at the table: make offers, answer them, and see at the end what was hidden.

    Example: negotiation play --as china
    """
    o.spoken(language)
    o.within("--delegations", delegations, 2, MOST)
    if seed is not None:
        o.within("--seed", seed, 0, LAST)
    again = () if language == "en" else ("--language", language)
    if quiz:
        ask(seed, as_json, again)
        return
    seat, path = begun(scenario, side, against, seed, settings, home, keep, resume)
    sit(seat, path, delegations, as_json, again)


def begun(
    scenario: str, side: str | None, against: str | None, seed: int | None,
    settings: list[str] | None, home: bool, keep: Path | None, resume: Path | None,
) -> tuple[Seat, Path]:  # fmt: skip
    """Return the seat that is taken, new or again, and the file of the game."""
    from secrets import randbits

    from negotiation.cli.playing import read_saved
    from negotiation.seat import Seat
    from negotiation.seat.seat import seat_of
    from negotiation.sweep.atomic import only_plain

    if resume is not None:
        given = {"--as": side, "--against": against, "--seed": seed, "--set": settings}
        for option, value in given.items():
            if value is not None:
                raise InputError(
                    tr("{option}: a game that goes on has its own; leave it out.", option=option)
                )
        return Seat.from_dict(read_saved(resume), str(resume)), keep or resume
    loaded = o.load(scenario, o.changes(settings))
    if side is None:
        sides = ", ".join(loaded.sides)
        raise InputError(tr("--as: say which side you take; allowed: {sides}.", sides=sides))
    own = seat_of(side, loaded)
    if against is not None:
        other = opposite(own)
        loaded = loaded.replace({f"{other}.strategy": against})
    number = randbits(31) if seed is None else seed
    path = keep or free_place(loaded.name, loaded.sides[SEATS.index(own)], number)
    only_plain(path)
    if keep is not None and path.exists():
        raise InputError(
            tr("{path}: there is a file already; go on with --resume, or name another.", path=path)
        )
    return Seat(loaded, side, seed=number, home=home), path


def free_place(scenario: str, side: str, seed: int) -> Path:
    """Return a file for a new game that takes no other's place."""
    from negotiation.cli.files import slug

    folder = Path("out", slug(scenario), "play")
    path, n = folder / f"{side}-{seed}.json", 1
    while path.exists():
        n += 1
        path = folder / f"{side}-{seed}-game-{n}.json"
    return path


def sit(
    seat: Seat, path: Path, delegations: int, as_json: bool, language: tuple[str, ...] = ()
) -> None:
    """Let the person decide until the game is over or they leave; tell what there is to tell."""
    from negotiation.cli import play_text as text
    from negotiation.cli.files import as_json as to_json
    from negotiation.cli.playing import AtTheTable, typed_lines

    terminal = sys.stdin.isatty()

    def page(said: str) -> None:
        say(said, err=as_json)

    page(text.welcome(seat, path))
    lines = typed_lines(sys.stdin, terminal=terminal and not as_json)
    table = AtTheTable(seat, path, page, lines, strict=not terminal, futures=delegations)
    stopped = False
    try:
        over = table.play()
    except InputError:
        table.keep()
        raise
    except KeyboardInterrupt:
        table.keep()
        over, stopped = False, True
    if not over:
        follow = o.typed("play", "--resume", o.place(path), *language)
        page("\n" + tr("The game is kept. Go on with: {command}", command=follow))
        if as_json:
            say(to_json({"over": False, "kept": str(path), "address": seat.game.address}))
        if stopped:
            raise typer.Exit(INTERRUPTED)
        return
    from negotiation.seat.debriefing import debrief

    found = debrief(seat, delegations=delegations)
    pictures, remark = drawn(found, path)
    if remark:
        say(remark, err=True)
    if as_json:
        told = {"over": True, **found.to_dict(), "kept": str(path),
                "pictures": [str(picture) for picture in pictures]}  # fmt: skip
        say(to_json(told, seat.scenario))
        return
    say(text.debriefed(found, seat, pictures, path))


def drawn(found: Debrief, path: Path) -> tuple[list[Path], str]:
    """Draw the path of offers on the Pareto picture; return the files, and a remark if any."""
    drawing.ready()
    from negotiation.plots import letters, style
    from negotiation.plots import path as pareto
    from negotiation.words.parties import by_seat

    remark = letters.remark()
    with letters.legible():
        own = by_seat(found.talks.scenario)[found.side].brief
        ax: Any = pareto(found.talks, whose=own)
        stem = path.with_name(f"{path.stem}-path")
        return style.save(ax.figure, stem, alt=ax.alt_text), remark


def ask(seed: int | None, as_json: bool, language: tuple[str, ...] = ()) -> None:
    """Ask the questions of the quiz, and say the score."""
    from secrets import randbits

    from negotiation.cli import play_text as text
    from negotiation.cli.files import as_json as to_json
    from negotiation.cli.playing import typed_lines
    from negotiation.seat.quiz import quiz

    terminal = sys.stdin.isatty()
    number = randbits(31) if seed is None else seed
    asked = quiz(number, ROUNDS)
    right, told = 0, []

    def page(said: str) -> None:
        say(said, err=as_json)

    if remark := unreviewed():
        page(remark)
    lines = typed_lines(sys.stdin, terminal=terminal and not as_json)
    for n, question in enumerate(asked, 1):
        page(text.quiz_round(n, len(asked), question))
        given = None
        for line in lines:
            if not line.strip():
                continue
            try:
                given = question.named(line)
                break
            except InputError as error:
                if not terminal:
                    raise
                page(str(error))
        if given is None:
            break
        right += given == question.answer
        told.append({"given": given, "answer": question.answer, "source": question.source})
        page(text.quiz_answer(question, given))
    follow = o.typed("play", "--quiz", "--seed", str(number), *language)
    score = tr(
        "{right} of {total} right. The same rounds again: {command}",
        right=right, total=len(told), command=follow,
    )  # fmt: skip
    page(f"\n{score}")
    if as_json:
        say(to_json({"seed": number, "right": right, "rounds": told}))
