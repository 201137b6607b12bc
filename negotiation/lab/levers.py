"""The levers of a scenario: the eight that a class begins with, in plain words, and all others."""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple, get_args, get_origin

from negotiation.scenario import Scenario
from negotiation.scenario.layers import least_in_force
from negotiation.scenario.quantity import Quantity
from negotiation.seats import SEATS
from negotiation.words.language import ENGLISH, data, joined, spoken, tr, trc
from negotiation.words.levers import PERCENT, PLAIN, STEPS, in_section, plainly, step_of
from negotiation.words.parties import by_seat
from negotiation.words.scene import capital
from negotiation.words.settings import value

SHOWN = 8


class Lever(NamedTuple):
    """A number of the scenario as a slider.

    Attributes
    ----------
    path : str
    label, unit, help : str
        In plain words; the sentence says what it is, and what is assumed while it is not moved.
    low, high, step : float
        Ends of the slider.
    value : float
        Where it stands at first.
    section : str
        Under which heading the drawer has it.
    about : str
        A sentence on what the numbers under this heading do.
    """

    path: str
    label: str
    unit: str
    help: str
    low: float
    high: float
    step: float
    value: float
    section: str
    about: str

    def slider(self, moved: float | None) -> dict[str, Any]:
        """Return what the slider on the page is to show."""
        return {
            "kind": "slider", "key": self.path, "label": self.label,
            "unit": "" if self.unit in PERCENT else data(self.unit),
            "percent": self.unit in PERCENT, "back": tr("Put back"),
            "put_back": tr("Put back: {lever}", lever=self.label),
            "help": self.help, "min": self.low, "max": self.high, "step": self.step,
            "value": self.value if moved is None else moved, "moved": moved is not None,
        }  # fmt: skip


def levers(scenario: Scenario) -> tuple[Lever, ...]:
    """Return every number of a scenario that may be moved, the eight for beginners first.

    Examples
    --------
    >>> found = levers(Scenario.load("stockholm-2025"))
    >>> found[0].label, found[0].low, found[0].high
    ('Price of an ultimatum', -5.0, 5.5)
    >>> len(found) > 200
    True
    """
    numbers = dict(scenario.numbers())
    numbers.pop("clock.tick_days", None)  # no lever: the odds do not depend on it
    stated = [path for path, q in numbers.items() if q.mark != "neutral"]
    unknown = [path for path in stated if numbers[path].uncertain]
    plain = [path for path in PLAIN if path in stated]
    told = [path for path in PLAIN if path.endswith(".patience")]  # never without effect
    ordered = dict.fromkeys([*plain[:SHOWN], *unknown, *told, *stated, *numbers])
    found = (lever(path, numbers[path], scenario) for path in ordered)
    return tuple(one for one in found if one is not None)


def lever(path: str, number: Quantity, scenario: Scenario) -> Lever | None:
    """Return a number as a lever, None where nothing says between which ends."""
    ends = ends_of(number, allowed(path))
    if ends is None:
        return None
    ends = max(ends[0], least_in_force(path, scenario.tariffs, scenario.issues)), ends[1]
    title, sentence = plainly(path, scenario)
    percents = number.unit in PERCENT

    def shown(amount: float | None) -> str:
        return f"{100 * (amount or 0.0):g}%" if percents else value(amount)

    assumed = tr("Assumed: {value}", value=shown(number.value))
    if number.uncertain:
        drawn = {"low": shown(number.low), "high": shown(number.high)}
        assumed = tr("Until you move it, drawn between {low} and {high}", **drawn)
        if number.low is None or number.high is None:
            assumed = tr("Until you move it, drawn anew in every world")
    if number.mark:
        mark = trc("mark", str(number.mark))
        assumed = trc("a mark", "{assumed} ({mark})", assumed=assumed, mark=mark)
    # a class begins with few words; in the drawer somebody asks where a number is from
    why = "" if sentence else reason(number.source, scenario)
    said = joined(sentence, tr("{this}.", this=assumed), why)
    low, high = ends
    step = step_of(high - low)
    where = path.split(".")[0]
    if where in SEATS:
        where = by_seat(scenario)[where].title
    else:
        where = trc("section", where.replace("_", " "))
    return Lever(
        path, capital(title), number.unit, said, low, high, step,
        min(max(float(number.value), low), high), capital(where), in_section(path, scenario),
    )  # fmt: skip


def reason(source: str, scenario: Scenario) -> str:
    """Return who says so, or why this guess; nothing where that is not known beyond its mark.

    The files of scenarios state it in English, so it is shown in English alone.

    Examples
    --------
    >>> stockholm = Scenario.load("stockholm-2025")
    >>> reason("annual discount rate 3-30%", stockholm), reason("ours", stockholm)
    ('Source: annual discount rate 3-30%.', '')
    >>> reason("wion", stockholm)
    'Source: US, China seek 90-day trade ceasefire, WION, 28 July 2025.'
    """
    told = re.sub(r"^ours[:;,] ", "", source).rstrip(".")
    if spoken() != ENGLISH or not told or told == "ours" or told.startswith("not stated"):
        return ""
    if told != source.rstrip("."):
        return tr("Our reason: {reason}.", reason=told)
    name, colon, rest = told.partition(": ")  # a source by its short name, and what it says
    return tr("Source: {source}.", source=scenario.sources.get(name, name) + colon + rest)


def allowed(path: str) -> dict[str, Any]:
    """Return the range that the setting itself allows, as its declaration has it."""
    from negotiation.scenario.scenario import Scenario as Model

    node: Any = Model
    for part in path.split("."):
        if get_origin(node) is dict:  # issues and groups go by names of their own
            node = get_args(node)[1]
            continue
        fields = getattr(node, "model_fields", {})
        if part not in fields:
            return {}
        found = fields[part]
        extra = found.json_schema_extra
        if isinstance(extra, dict) and "unit" in extra:
            return dict(extra)
        node = found.annotation
    return {}


def ends_of(number: Quantity, extra: dict[str, Any]) -> tuple[float, float] | None:
    """Return the ends of a slider: what may be drawn, else nought to twice the value, if allowed.

    Examples
    --------
    >>> ends_of(Quantity(value=2, low=1, high=5, distribution="triangular"), {})
    (1.0, 5.0)
    >>> ends_of(Quantity(value=0.4), {"ge": 0, "le": 1}), ends_of(Quantity(value=0.0), {})
    ((0.0, 1.0), (0.0, 1.0))
    """
    if number.uncertain and number.low is not None and number.high is not None:
        low, high = float(number.low), float(number.high)
    else:
        middle = float(number.value)
        most = 1.0 if number.unit in PERCENT else 2 * abs(middle) or 1.0
        low, high = min(2 * middle, 0.0), float(extra.get("le", most))
        low = max(low, float(extra.get("ge", low)))
        if "gt" in extra:
            low = float(extra["gt"]) + (high - low) / STEPS
    return (low, high) if math.isfinite(high - low) and high > low else None
