"""A scenario: everything that one negotiation is about, in one readable TOML file."""

from __future__ import annotations

import copy
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, model_validator

from negotiation.economy.regions import all_regions
from negotiation.errors import (
    FileProblems,
    InputError,
    MissingFile,
    UnknownName,
    WrongKind,
    did_you_mean,
)
from negotiation.folders import whole
from negotiation.scenario import based_on, joint_draws
from negotiation.scenario import sections as s
from negotiation.scenario.draw_columns import wrong_column
from negotiation.scenario.layers import too_much
from negotiation.scenario.problems import (
    InSentences,
    fields_at,
    of_earlier_versions,
    sentences,
    unknown_names,
)
from negotiation.scenario.quantity import Quantity
from negotiation.scenario.recorded import Recorded
from negotiation.scenario.sides import own_path, owned, problem_of, seat_path, seated
from negotiation.scenario.standing import WITHHELD, Standing
from negotiation.scenario.strategy_name import StrategyName
from negotiation.scenario.toml import differences, plain_data, rewritten
from negotiation.seats import SEATS as SIDES
from negotiation.shipped import FOLDER, shipped

MONEY = "$bn"  # of gains, if a scenario counts them in nothing else


class Scenario(BaseModel, metaclass=InSentences):
    """Who bargains over what, until when, and what each outcome is worth to whom.

    Examples
    --------
    >>> scenario = Scenario.load("split-the-pie")
    >>> scenario.replace({"us.strategy": "conceder"}).us.strategy
    'conceder'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, description="short name")
    title: str = Field(min_length=1, description="one line for people")
    description: str = Field("", description="what the scenario is for")
    sources: dict[str, str] = Field(default_factory=dict, description="sources by short name")
    sides: tuple[str, str] = Field(
        SIDES, description="who sits in the two seats; settings bear these names"
    )
    unit: str = Field(
        MONEY,
        min_length=1,
        max_length=40,
        description="what gains are counted in; with a currency sign it is money, and flows by the "
        "year",
    )
    clock: s.Clock = Field(default_factory=s.Clock)
    calendar: s.Calendar
    economy: s.Economy = Field(default_factory=s.Economy)
    tariffs: s.Tariffs = Field(default_factory=s.Tariffs)
    rare_earths: s.RareEarths = Field(default_factory=s.RareEarths)
    purchases: s.Purchases = Field(default_factory=s.Purchases)
    news: s.News = Field(default_factory=s.News)
    deadline: s.Deadline = Field(default_factory=s.Deadline)
    escalation: s.Escalation = Field(default_factory=s.Escalation)
    provocation: s.Provocation = Field(default_factory=s.Provocation)
    summit: s.Summit = Field(default_factory=s.Summit)
    talks: s.Talks = Field(default_factory=s.Talks)
    compliance: s.Compliance = Field(default_factory=s.Compliance)
    us: s.Delegation
    china: s.Delegation
    issues: dict[str, s.Issue] = Field(min_length=1, max_length=s.MAX_ISSUES)
    linkage: dict[str, dict[str, Quantity]] = Field(
        default_factory=dict,
        description="extra gain of each side, $bn per year, when two issues are conceded together",
    )
    record: Recorded | None = Field(
        None, description="how what happens is told in a record of decisions; it changes no run"
    )
    standing: Standing = Field(
        default_factory=Standing,
        description="how things stand on the first day, in words; it changes no run",
    )
    OF_FILES: ClassVar = based_on.OF_FILES  # what a file of one may say beside these
    _text: str = PrivateAttr("")  # of the file it was loaded from
    _where: str = PrivateAttr("")  # that file's path, or the shipped scenario's name

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        problems = unknown_names(
            {
                **{side: _names_in(getattr(self, side)) for side in SIDES},
                "issues": self.issues,
                "linkage": self.linkage,
            }
        )
        if sum(len(row) for row in self.linkage.values()) > s.MAX_LINKS:
            problems.append(f"linkage: more than {s.MAX_LINKS} pairs of issues.")
        if self.clock.tick_days.uncertain:
            problems.append(
                "clock.tick_days: a tick is as long in every run; allowed: a number without a "
                "distribution."
            )
        days = (self.calendar.horizon - self.calendar.start).days
        if days / self.clock.tick_days.value > s.MAX_TICKS:
            problems.append(
                f"clock.tick_days: {days} days from start to horizon make more than "
                f"{s.MAX_TICKS:,} ticks; allowed: ticks of {days / s.MAX_TICKS:g} days or more."
            )
        if days / self.calendar.talks_every_days > s.MAX_ROUNDS:
            problems.append(
                f"calendar.talks_every_days: {days} days from start to horizon make more than "
                f"{s.MAX_ROUNDS:,} rounds of talks; allowed: {days / s.MAX_ROUNDS:g} days or more."
            )
        problems += [
            f"issues.{name}: full is the status quo, {issue.full:g}, so there is nothing to "
            "concede; allowed: another level."
            for name, issue in self.issues.items()
            if issue.full == issue.status_quo
        ]
        if self.calendar.summit_from is not None and self.talks.contract != "drafts":
            problems.append(
                "calendar.summit_from: leaders sign what their delegations have drafted; "
                'write contract = "drafts" under [talks], or leave the summit out.'
            )
        if self.economy.weight.value and not self.sides_trade:
            known = [one.key for one in all_regions()]
            unknown = next(side for side in self.sides if side not in known)
            problems.append(
                f"sides: {unknown!r} is no region of the trade table, from which tariffs get their "
                f"payoffs; allowed: {', '.join(known)}; or weight = 0 under [economy]."
                + did_you_mean(unknown, known)
            )
        if problems:
            raise ValueError("\n".join(problems))
        return self

    @classmethod
    def load(cls, name_or_path: str | Path) -> Scenario:
        """Load a shipped scenario by name, or any scenario file by path.

        Raises
        ------
        UnknownName, MissingFile, FileProblems
            One sentence for each thing that is wrong.
        """
        text, where = read_text(name_or_path)
        return cls.of_text(text, where)

    @classmethod
    def of_text(
        cls, text: str, where: str = "scenario", *, tables: Mapping[str, bytes] | None = None
    ) -> Scenario:
        """Read a scenario from the text of a file; ``where`` is its path, or its shipped name.

        ``tables`` are the contents of files beside it, by name, instead of those on the disk.

        Raises
        ------
        FileProblems
            One sentence for each thing that is wrong.
        """
        scenario = cls.from_dict(cls.data_of(text, where, tables=tables), where)
        if problems := scenario.odd_layers():
            raise FileProblems(where, problems)
        scenario._text, scenario._where = text, where
        return scenario

    @classmethod
    def data_of(
        cls, text: str, where: str = "scenario", *, tables: Mapping[str, bytes] | None = None
    ) -> dict[str, Any]:
        """Return the plain data of a file's text, with those that it is based on.

        Raises
        ------
        FileProblems
            If it is no TOML, or what it is based on cannot be read.
        """

        def read(named: str, above: object) -> tuple[dict[str, Any], str]:
            near = Path(str(above)).parent / named
            found, place = read_text(named if named in shipped() or not near.is_file() else near)
            return plain_data(found, place), place

        reader = based_on.Reader(
            read,
            lambda table, place, sides, below: cls._drawn(table, place, sides, below, tables or {}),
            lambda data, sides: seated(data, cls, _pair(sides)),
            lambda path, sides: seat_path(path, cls, _pair(sides)),
        )
        return based_on.complete(plain_data(text, where), where, reader)

    @classmethod
    def _drawn(
        cls,
        table: object,
        where: object,
        sides: Any,
        below: Mapping[str, Any],
        tables: Mapping[str, bytes],
    ) -> dict[str, dict[str, Any]]:
        """Return the numbers of the table of draws that a file names, by the seats' paths.

        ``below`` are the data of the file, under the seats' names, with those it is based on.
        """
        if not isinstance(table, str) or not table.strip():
            raise FileProblems(
                where, [f"{joint_draws.KEY}: expected the name of a CSV file of draws."]
            )
        if table in tables:
            columns, weights = joint_draws.parsed(tables[table], table)
            named = table
        else:
            beside = Path(str(where)).parent / table
            of_package = where in shipped() or not beside.is_file() and (FOLDER / table).is_file()
            with resources.as_file(FOLDER / table if of_package else beside) as file:
                columns, weights = joint_draws.read(file)
            named = table if of_package else str(beside)
        own = _pair(sides)
        found = (
            wrong_column(seat_path(path, cls, own), cls, below, own, column)
            for path, column in columns.items()
        )
        if problems := [sentence for sentence in found if sentence]:
            raise FileProblems(named, problems)
        seats: dict[str, tuple[float, ...]] = {}
        for path, column in columns.items():
            seat = seat_path(path, cls, own)
            if seat in seats:
                raise FileProblems(where, [f"{table}, column {path}: the same setting twice."])
            seats[seat] = column
        return joint_draws.numbers_of(seats, weights, table)

    @classmethod
    def of(cls, given: Given, where: str = "scenario") -> Scenario:
        """Return a scenario, or load the one whose name or path is given.

        Raises
        ------
        InputError
            If it is neither, or cannot be loaded.
        """
        if isinstance(given, Scenario):
            return given
        if isinstance(given, str | Path):
            return cls.load(given)
        raise InputError(
            f"{where}: {given!r:.60} is none; allowed: a Scenario, or the name or path of one."
        )

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], where: str = "scenario") -> Scenario:
        """Build a scenario from plain data, reporting all problems at once."""
        try:
            sides = _pair(data.get("sides", SIDES))
            data = seated(data, cls, sides)
            return cls.model_validate(data)
        except ValidationError as error:
            lines = [*sentences(error, cls), *unknown_names(data)]
            own = [_in_own_words(line, cls, sides) for line in lines]
            raise FileProblems(where, list(dict.fromkeys(own))) from None
        except InputError as error:
            raise FileProblems(where, [str(error)]) from None

    def replace(self, changes: Mapping[str, Any]) -> Scenario:
        """Return a scenario with settings changed by dotted path.

        A plain number replaces a number's central value and takes its distribution away; a
        table replaces the entries it names. What is set as a whole comes before its parts.

        Raises
        ------
        InputError
            If a path does not exist, or a value is not allowed there.
        """
        data = self.model_dump(mode="python", exclude_defaults=False)
        for path, value in sorted(changes.items(), key=lambda change: change[0].count(".")):
            try:
                seat = self.seat_path(path)
                set_path(data, seat, self._seated_at(seat, copied(path, value)), type(self))
            except InputError as error:
                if self.sides == SIDES:
                    raise
                raise InputError(_in_own_words(str(error), type(self), self.sides)) from None
        try:
            changed = type(self).from_dict(data, "changed settings")
        except FileProblems as error:
            raise InputError("\n".join(error.problems)) from None
        changed._text, changed._where = self._text, self._where
        return changed

    @property
    def regions(self) -> tuple[str, str]:
        """Whose trade the payoffs of tariffs come from, see :mod:`negotiation.economy.regions`.

        Sides that are no regions have no trade, and none is asked for (``economy.weight`` is 0).
        """
        return self.sides if self.sides_trade else SIDES

    @property
    def sides_trade(self) -> bool:
        """Whether both sides are regions of the trade table."""
        known = {one.key for one in all_regions()}
        return known.issuperset(self.sides)

    def _seated_at(self, path: str, value: Any) -> Any:
        """Return the value of a setting, a table among them with the seats' names in it."""
        if self.sides == SIDES or not isinstance(value, Mapping | str):
            return value
        parts = path.split(".")
        nested: Any = value
        for part in reversed(parts):
            nested = {part: nested}
        nested = seated(nested, type(self), self.sides)
        for part in parts:
            nested = nested[part]
        return nested

    def seat_path(self, path: str) -> str:
        """Return the dotted path of a setting as the model's seats have it.

        Examples
        --------
        >>> pie = Scenario.load("split-the-pie").replace({"sides": ["ann", "bob"]})
        >>> pie.seat_path("bob.patience"), pie.own_path("china.patience")
        ('china.patience', 'bob.patience')
        """
        return seat_path(path, type(self), self.sides)

    def own_path(self, path: str) -> str:
        """Return the dotted path of a setting under the scenario's own names of its sides."""
        return own_path(path, type(self), self.sides)

    def odd_layers(self) -> list[str]:
        """Return one sentence for each side whose issues have more points than are in force.

        A scenario of a recorded decision may have them: where penalties were in force, its issues
        take off what these were.

        Examples
        --------
        >>> stockholm = Scenario.load("stockholm-2025")
        >>> stockholm.odd_layers()
        []
        >>> stockholm.replace({"tariffs.us_truce": 0.2}).odd_layers()[0][:43]
        'tariffs.us_truce: 20 points are in force, a'
        """
        if self.record is not None:
            return []
        found = too_much(self.tariffs, self.issues)
        return [_in_own_words(line, type(self), self.sides) for line in found]

    @property
    def text(self) -> str:
        """The text of the file that it was loaded from, as that was; empty if from none."""
        return self._text

    @property
    def where(self) -> str:
        """The path of the file that it was loaded from, or its name."""
        return self._where or self.name

    def central(self) -> Scenario:
        """Return the scenario with every uncertain number pinned at its central value."""
        return self.replace({path: q.value for path, q in self.numbers() if q.uncertain})

    def numbers(self) -> Iterator[tuple[str, Quantity]]:
        """Yield the dotted path and the quantity of every number of the game, in file order.

        How what happens is told (``record``) is no part of the game.
        """
        for path, quantity in _quantities(self, ""):
            if not path.startswith("record."):
                yield path, quantity

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change when any setting changes."""
        # a usual one has the fingerprint that it had before these could be stated
        usual = {
            "unit": self.unit == MONEY,
            "sides": self.sides == SIDES,
            "record": self.record is None,
            "standing": self.standing == Standing(),
        }
        data = self.model_dump(mode="json", exclude={x for x, is_so in usual.items() if is_so})
        if self.standing.withheld == WITHHELD:
            data.get("standing", {}).pop("withheld", None)
        text = json.dumps(data, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def to_toml(self, *, whole: bool = False) -> str:
        """Return the scenario as TOML: the text it was loaded from, with what was changed since.

        If it is to be ``whole``, one that needs other files states everything itself.
        """
        text, data, before = self._text, self._stated(), {}
        if whole and {based_on.BASE, based_on.DRAWS} & plain_data(text, self.where).keys():
            text = ""
        if text:
            before = type(self).of_text(text, self.where)._stated()
        return rewritten(text, dict(differences(before, data)))

    def _stated(self) -> dict[str, Any]:
        """Return what differs from the defaults, as plain data under the sides' own names."""
        stated = self.model_dump(exclude_defaults=True, exclude_none=True)
        return owned(stated, type(self), self.sides)

    def __eq__(self, other: object) -> bool:
        """Whether all settings are the same; the text that they were read from may differ."""
        return isinstance(other, Scenario) and self.model_dump() == other.model_dump()


Given = Scenario | str | Path  # the name of a shipped one, or the path of a file


def _pair(sides: Any) -> tuple[str, str]:
    """Return the two sides that a file names, or say why they are none."""
    if not (
        isinstance(sides, list | tuple)
        and len(sides) == len(SIDES)
        and all(isinstance(side, str) for side in sides)
    ):
        raise InputError('sides: expected two names, such as ["us", "japan"].')
    if problem := problem_of(sides):
        raise InputError(problem)
    first, second = sides
    return first, second


def _in_own_words(line: str, model: type[Scenario], sides: tuple[str, str]) -> str:
    """Return a sentence that begins with the path of a setting, under the sides' own names."""
    path, mark, rest = line.partition(" ")
    return f"{own_path(path.rstrip(':'), model, sides)}{':' * path.endswith(':')}{mark}{rest}"


def read_text(name_or_path: str | Path) -> tuple[str, str]:
    """Return the text of a scenario and what to call it in messages."""
    name = str(name_or_path)
    if name in shipped():
        return (FOLDER / f"{name}.toml").read_text("utf-8"), name
    path = Path(name)
    if not name.strip() or (path.suffix != ".toml" and not os.path.exists(path)):
        raise UnknownName("scenario", name, shipped())
    if os.path.isdir(path):
        raise InputError(f"{path}: this is a folder; expected a scenario file (TOML).")
    try:
        return whole(path).decode("utf-8"), name
    except FileNotFoundError:
        raise MissingFile(path, "a scenario file (TOML)") from None
    except UnicodeDecodeError:
        raise FileProblems(path, ["not text (UTF-8); expected a scenario file in TOML."]) from None
    except (OSError, ValueError) as error:  # a name with a null character
        reason = getattr(error, "strerror", None) or error
        raise FileProblems(path, [f"cannot be read: {reason}."]) from None


def _names_in(delegation: s.Delegation) -> dict[str, Any]:
    groups = {name: {"stakes": group.stakes} for name, group in delegation.constituencies.items()}
    return {"strategy": delegation.strategy, "constituencies": groups}


def overlapping(paths: Iterable[str]) -> list[str]:
    """Return the settings that are given twice: by the same path, or whole and in part.

    A strategy and its settings go together: the strategy is the name alone.

    Examples
    --------
    >>> overlapping(["us.types.resolve", "us.types.resolve.1", "us.strategy", "us.strategy.beta"])
    ['us.types.resolve.1 (part of us.types.resolve)']
    """
    given = sorted(paths)
    found = [path for path, following in zip(given, given[1:], strict=False) if path == following]
    names = [f"{side}.strategy" for side in SIDES]
    for path in dict.fromkeys(given):
        parts = path.split(".")
        wholes = (".".join(parts[:i]) for i in range(1, len(parts)))
        found += [f"{path} (part of {w})" for w in wholes if w in given and w not in names]
    return list(dict.fromkeys(found))


def set_path(data: dict[str, Any], path: str, value: Any, model: type[BaseModel]) -> None:
    """Set ``path`` (dotted; list positions as numbers) in plain data, which must have it."""
    parts = path.split(".")
    if parts[0] in SIDES and parts[1:2] == ["strategy"] and len(parts) < 4:
        delegation = data[parts[0]]
        now = StrategyName.of(delegation["strategy"])
        if len(parts) == 3:
            value = {parts[2]: value}
        if isinstance(value, Mapping) and "name" not in value:  # settings, of the same strategy
            value = {**now.table, **value}
        delegation["strategy"] = value
        return
    target: Any = data
    for i, part in enumerate(parts):
        keys = (
            list(target)
            if isinstance(target, dict)
            else [str(k) for k in range(len(target))]
            if isinstance(target, list | tuple)
            else []
        )
        if part not in keys:
            sides = data.get("sides", SIDES)
            place = own_path(".".join(parts[:i]), Scenario, sides) or "the scenario"
            allowed = keys or fields_at(model, tuple(parts[:i]))
            shown = f" Allowed there: {', '.join(allowed)}." if allowed else ""
            hint = did_you_mean(part, allowed)
            if told := of_earlier_versions(path):
                raise InputError(told)
            raise InputError(f"{path}: there is no setting {part!r} in {place}.{hint or shown}")
        if i == len(parts) - 1:
            break
        if isinstance(target, tuple | list):
            raise InputError(f"{path}: {'.'.join(parts[:i])} is a list; replace it as a whole.")
        if isinstance(target[part], tuple):
            target[part] = list(target[part])
        if isinstance(target[part], list) and i + 2 == len(parts) and parts[i + 1].isdecimal():
            if parts[i + 1] not in map(str, range(len(target[part]))):
                raise InputError(
                    f"{path}: there is no entry {parts[i + 1]}; "
                    f"allowed: 0 to {len(target[part]) - 1}."
                )
            k = int(parts[i + 1])
            target[part][k] = merged(target[part][k], value)
            return
        target = target[part]
    target[parts[-1]] = merged(target[parts[-1]], value)


def copied(path: str, value: Any) -> Any:
    """Return a copy of the value of a setting, or say that it is none."""
    try:
        return copy.deepcopy(value)
    except Exception:  # a generator, a lock: nothing of plain data
        raise WrongKind(path, value, "a number, text, a date, or a list or table of such") from None


def merged(old: Any, new: Any) -> Any:
    """Return ``new``, keeping the unit of a number that it replaces."""
    if isinstance(old, dict) and "value" in old and "mark" in old:
        if isinstance(new, Mapping):
            return {**old, "mark": "user", "source": "set by the user", **new}
        if isinstance(new, int | float) and not isinstance(new, bool):
            return {"value": new, "unit": old["unit"], "mark": "user", "source": "set by the user"}
    return new


def _quantities(node: Any, path: str) -> Iterator[tuple[str, Quantity]]:
    if isinstance(node, Quantity):
        yield path, node
    elif isinstance(node, StrategyName):
        yield from _quantities(node.settings, path)
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _quantities(getattr(node, name), f"{path}.{name}" if path else name)
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from _quantities(value, f"{path}.{name}")
    elif isinstance(node, tuple | list):
        for k, value in enumerate(node):
            yield from _quantities(value, f"{path}.{k}")
