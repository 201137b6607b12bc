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
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, model_validator

from negotiation.errors import (
    FileProblems,
    InputError,
    MissingFile,
    UnknownName,
    WrongKind,
    did_you_mean,
)
from negotiation.scenario import sections as s
from negotiation.scenario.problems import (
    Told,
    fields_at,
    of_earlier_versions,
    sentences,
    unknown_names,
)
from negotiation.scenario.quantity import Quantity
from negotiation.scenario.strategy_name import StrategyName
from negotiation.scenario.toml import differences, plain_data, rewritten

SIDES = ("us", "china")
STANCES = ("dove", "middle", "hawk")
MONEY = "$bn"  # of gains, if a scenario counts them in nothing else


class Scenario(BaseModel, metaclass=Told):
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
    _text: str = PrivateAttr("")  # of the file it was loaded from

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        problems = unknown_names(
            {
                "us": _names_in(self.us),
                "china": _names_in(self.china),
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
        scenario = cls.from_dict(plain_data(text, where), where)
        scenario._text = text
        return scenario

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
            return cls.model_validate(dict(data))
        except ValidationError as error:
            lines = [*sentences(error, cls), *unknown_names(data)]
            raise FileProblems(where, list(dict.fromkeys(lines))) from None

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
            set_path(data, path, copied(path, value), type(self))
        try:
            changed = type(self).from_dict(data, "changed settings")
        except FileProblems as error:
            raise InputError("\n".join(error.problems)) from None
        changed._text = self._text
        return changed

    @property
    def text(self) -> str:
        """The text of the file that it was loaded from, as that was; empty if from none."""
        return self._text

    def central(self) -> Scenario:
        """Return the scenario with every uncertain number pinned at its central value."""
        return self.replace({path: q.value for path, q in self.numbers() if q.uncertain})

    def numbers(self) -> Iterator[tuple[str, Quantity]]:
        """Yield the dotted path and the quantity of every number, in file order."""
        yield from _quantities(self, "")

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change when any setting changes."""
        # one in money has the fingerprint that it had before there was a unit
        data = self.model_dump(mode="json", exclude={"unit"} if self.unit == MONEY else None)
        text = json.dumps(data, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def to_toml(self) -> str:
        """Return the scenario as TOML: the text it was loaded from, with what was changed since."""
        data, before = self._stated(), {}
        if self._text:
            before = type(self).from_dict(plain_data(self._text, self.name))._stated()
        return rewritten(self._text, dict(differences(before, data)))

    def _stated(self) -> dict[str, Any]:
        """Return as plain data what differs from the defaults."""
        return self.model_dump(exclude_defaults=True, exclude_none=True)

    def __eq__(self, other: object) -> bool:
        """Whether all settings are the same; the text that they were read from may differ."""
        return isinstance(other, Scenario) and self.model_dump() == other.model_dump()


Given = Scenario | str | Path  # the name of a shipped one, or the path of a file


def read_text(name_or_path: str | Path) -> tuple[str, str]:
    """Return the text of a scenario and what to call it in messages."""
    name = str(name_or_path)
    if name in shipped():
        return (resources.files("negotiation") / "scenarios" / f"{name}.toml").read_text(
            "utf-8"
        ), name
    path = Path(name)
    if not name.strip() or (path.suffix != ".toml" and not os.path.exists(path)):
        raise UnknownName("scenario", name, shipped())
    if os.path.isdir(path):
        raise InputError(f"{path}: this is a folder; expected a scenario file (TOML).")
    try:
        return path.read_bytes().decode("utf-8"), name
    except FileNotFoundError:
        raise MissingFile(path, "a scenario file (TOML)") from None
    except UnicodeDecodeError:
        raise FileProblems(path, ["not text (UTF-8); expected a scenario file in TOML."]) from None
    except (OSError, ValueError) as error:  # a name with a null character
        reason = getattr(error, "strerror", None) or error
        raise FileProblems(path, [f"cannot be read: {reason}."]) from None


def shipped() -> list[str]:
    """Return the names of the scenarios that come with the package."""
    folder = resources.files("negotiation") / "scenarios"
    return sorted(
        f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")
    )


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
            place = ".".join(parts[:i]) or "the scenario"
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
