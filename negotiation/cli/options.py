"""The arguments that verbs share, and the scenario that they amount to."""

from __future__ import annotations

import os
import shlex
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from negotiation.cli.first_use import hushed
from negotiation.errors import InputError, OutOfRange
from negotiation.words.language import tr

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

DEFAULT_SCENARIO = "stockholm-2025"
LARGEST_WHOLE = 2**63 - 1
WORLDS = 2048  # as analysis.odds.WORLDS, which would take a second to import


def whole(text: object) -> int:
    """Return the whole number that was typed.

    Examples
    --------
    >>> whole("100_000"), whole("1e6")
    (100000, 1000000)
    """
    try:
        return int(str(text))
    except ValueError:
        number = _number(str(text))
        wanted = "expected one such as 100000 or 1e6"
        if not -LARGEST_WHOLE <= number <= LARGEST_WHOLE:
            raise typer.BadParameter(f"{text!r} is out of range; {wanted}") from None
        if number == number.to_integral_value():
            return int(number)
        raise typer.BadParameter(f"{text!r} is not a whole number; {wanted}") from None


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("nan")
    return number if number.is_finite() else Decimal("0.5")


def flag(help: str, *names: str) -> Any:
    """Return an option that is on or off, under other names than its own where they are given."""
    return typer.Option(*names, help=help)


def text(metavar: str, help: str, *names: str) -> Any:
    """Return an option that takes text."""
    return typer.Option(*names, metavar=metavar, help=help)


def number(metavar: str, help: str, *names: str) -> Any:
    """Return an option that takes a whole number."""
    return typer.Option(*names, parser=whole, metavar=metavar, help=help)


def argument(metavar: str, help: str) -> Any:
    """Return an argument, which stands where it stands and has no name."""
    return typer.Argument(metavar=metavar, help=help)


ScenarioName = Annotated[str, argument("SCENARIO", "A shipped scenario or a TOML file.")]
Settings = Annotated[
    list[str] | None, text("KEY=VALUE", "Change a setting; repeat for more.", "--set")
]
UsStrategy = Annotated[
    str | None, text("STRATEGY", "The US strategy; of other sides the first's.", "--us")
]
ChinaStrategy = Annotated[
    str | None, text("STRATEGY", "China's strategy; of other sides the second's.", "--china")
]
Seed = Annotated[int, number("S", "Master seed: the same seed gives the same answer.")]
Workers = Annotated[int | None, number("N", "Threads; by default one for each core.")]
AsJson = Annotated[bool, flag("Print one JSON object and nothing else.", "--json")]
Csv = Annotated[Path | None, text("FILE", "Write the table as CSV.", "--csv")]
Xlsx = Annotated[Path | None, text("FILE", "Write the tables as sheets of a workbook.", "--xlsx")]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress and no remarks.", callback=hushed)
]


def changes(
    settings: list[str] | None, us: str | None = None, china: str | None = None
) -> dict[str, Any]:
    """Return the changes that ``--set``, ``--us`` and ``--china`` ask for, by dotted path."""
    from negotiation.scenario import overlapping

    given = [(*parse_setting(text), f"--set {text}") for text in settings or []]
    for side, strategy in (("us", us), ("china", china)):
        if strategy is not None:
            given.append((f"{side}.strategy", strategy, f"--{side} {strategy}"))
    for path in overlapping(path for path, _, _ in given)[:1]:
        same = [words for other, _, words in given if other == path]
        if same:
            both = tr(" and ").join(same)
            raise InputError(
                tr("{path} is given more than once: {both}; allowed: once.", path=path, both=both)
            )
        raise InputError(tr("{path} is given more than once; allowed: once.", path=path))
    return {path: value for path, value, _ in given}


def parse_setting(text: str) -> tuple[str, Any]:
    """Return the path and the value of ``KEY=VALUE``: a TOML value, or else a bare string.

    Examples
    --------
    >>> parse_setting("deadline.ultimatum=4"), parse_setting("us.strategy=boulware")
    (('deadline.ultimatum', 4), ('us.strategy', 'boulware'))
    >>> parse_setting("deadline.ultimatum={low = 1, high = 5}")
    ('deadline.ultimatum', {'low': 1, 'high': 5})
    """
    from negotiation.scenario.toml import value_of

    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise InputError(
            tr(
                "--set {text}: write KEY=VALUE, for instance --set deadline.ultimatum=4.",
                text=text,
            )
        )
    try:
        return path.strip(), value_of(value)
    except InputError as error:
        raise InputError(f"--set {path.strip()}: {error}") from None


def load(name: str, asked: dict[str, Any]) -> Scenario:
    """Return a scenario with the changes that were asked for."""
    from negotiation.scenario import Scenario

    scenario = Scenario.load(name)
    given: dict[str, str] = {}
    for path in asked:
        if (seat := scenario.seat_path(path)) in given:
            same = tr(
                "{path} and {other} are the same setting; allowed: once.",
                path=path, other=given[seat],
            )  # fmt: skip
            raise InputError(same)
        given[seat] = path
    changed = scenario.replace(asked) if asked else scenario
    if problems := changed.odd_layers():
        raise InputError("\n".join(problems))
    return changed


def within(option: str, value: int, low: int, high: int) -> None:
    """Refuse a number outside its range."""
    if not low <= value <= high:
        ends = {"low": f"{low:,}", "high": f"{high:,}"}
        raise OutOfRange(option, value, tr("from {low} to {high}", **ends))


def cores(workers: int | None) -> int:
    """Return how many threads to play on: as many as asked for, by default one for each core."""
    within("--workers", 1 if workers is None else workers, 1, 4096)
    return workers or os.cpu_count() or 1


Language = Annotated[
    str,
    text("LANGUAGE", "Language of what is printed: en, or zh_CN (not yet reviewed).", "--language"),
]


def spoken(language: str) -> None:
    """Speak a language from here on; English, whatever the machine speaks, if none is asked for."""
    from negotiation.errors import one_of
    from negotiation.words.language import languages, speak

    one_of("--language", language, languages())
    speak(language)


def again(
    verb: str,
    scenario: str,
    settings: list[str] | None,
    us: str | None,
    china: str | None,
    **numbers: int,
) -> str:
    """Return a command about the same scenario and settings, ready to be typed.

    Examples
    --------
    >>> again("run", "stockholm-2025", ["deadline.ultimatum=4"], "linear", None, seed=1)
    'negotiation run stockholm-2025 --set deadline.ultimatum=4 --us linear --seed 1'
    """
    words = [verb, place(scenario)]
    for text in settings or []:
        words += ["--set", text]
    for option, value in (("--us", us), ("--china", china)):
        words += [option, value] if value is not None else []
    for option, number in numbers.items():
        words += [f"--{option}", str(number)]
    return typed(*words)


def typed(*words: str) -> str:
    """Return a command as it is typed.

    Examples
    --------
    >>> typed("report", "out/my sweep")
    "negotiation report 'out/my sweep'"
    """
    return shlex.join(["negotiation", *words])


def place(path: str | Path) -> str:
    """Return a file or folder as an argument: its name may look like that of an option.

    Examples
    --------
    >>> place("mine.toml"), place("-mine.toml")
    ('mine.toml', './-mine.toml')
    """
    return f"./{path}" if str(path).startswith("-") else str(path)
