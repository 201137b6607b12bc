"""A scenario as a table: every number with its unit, range, meaning, mark and source."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from negotiation.cli.columns import columns
from negotiation.scenario import SIDES
from negotiation.scenario.draw_doubts import doubts
from negotiation.scenario.layers import CLOSE
from negotiation.scenario.quantity import Mark, Quantity
from negotiation.words.numbers import counted, money, percent
from negotiation.words.own_names import own_name
from negotiation.words.parties import party
from negotiation.words.scene import a_year
from negotiation.words.settings import label, own_path

if TYPE_CHECKING:
    from negotiation.analysis.barriers import Barrier
    from negotiation.analysis.consistency import LoneConcession
    from negotiation.interop.domain_scenario import FromDomain
    from negotiation.scenario import Scenario
    from negotiation.scenario.layers import Layers

SMALL = 1e-9  # utility
COUNTED_FROM = 2025  # the year before which no tariff has its layers told apart
HOW_IT_CONCEDES = "how it concedes"

MEANING = {
    "article": "stated in one of the two reports of 28 July 2025",
    "retrieved": "seen on a public page",
    "memory": "general knowledge, unverified",
    "derived": "arithmetic on such numbers",
    "computed": "by the trade model",
    "guess": "our judgement",
    "definition": "true by definition",
    "posterior": "estimated from past decisions",
    "neutral": "not stated: the default",
    "user": "set by the user",
}


def table(scenario: Scenario, follow: str, *, terminal: bool) -> str:
    """Return the whole scenario as text; ``follow`` is what to type next.

    On a terminal numbers stand under the heading of their table. Elsewhere each line begins with
    the whole path of its setting, as ``--set`` takes it, so that a line that is found in it
    (``| grep patience``) says whose number it is.
    """
    lines = [f"{scenario.name}: {scenario.title}"]
    if scenario.description:
        lines.append(scenario.description)
    lines += ["", *(under_headings(scenario) if terminal else line_by_line(scenario))]
    counts = tally(scenario) if terminal else "\n".join(plain_tally(scenario))
    return "\n".join([*lines, "", counts, f"Next: {follow}"])


HEADS = ["setting", "value", "unit", "range", "meaning", "mark", "source"]


def under_headings(scenario: Scenario) -> list[str]:
    """Return every setting, table by table, as a person reads it."""
    rows = [HEADS, [""], ["calendar"]]
    for name, value in scenario.calendar:
        rows.append(
            [f"  {name}", str(value or "none"), "", "", label(f"calendar.{name}", scenario)]
        )
    for side, own in zip(SIDES, scenario.sides, strict=True):
        words = getattr(scenario, side).strategy.words
        rows += [[""], [own], ["  strategy", words, "", "", HOW_IT_CONCEDES]]
    heads: dict[str, str] = {}  # of sections, which may be longer than the first column
    for section, numbers in groupby(scenario.numbers(), key=lambda item: section_of(item[0])):
        about = note(scenario, section)
        shown = scenario.own_path(section)
        heads[f"[{len(heads)}]"] = f"{shown}: {about}" if about else shown
        rows += [[""], [f"[{len(heads) - 1}]"]]
        for path, quantity in numbers:
            meaning = label(path, scenario).rpartition(": ")[2]
            within = scenario.own_path(path).removeprefix(f"{shown}.")
            rows.append(line(f"  {within}", quantity, meaning))
    sources = columns("ll", [(f"  {name}", text) for name, text in scenario.sources.items()])
    told = [heads.get(text, text) for text in columns("lrlllll", rows)]
    return [*told, *(["", "sources", *sources] if sources else [])]


def line_by_line(scenario: Scenario) -> list[str]:
    """Return every setting by its whole path, as a program reads it; see :func:`table`."""
    rows = [HEADS]
    for name, value in scenario.calendar:
        path = f"calendar.{name}"
        rows.append([path, str(value or "none"), "", "", label(path, scenario)])
    for side, own in zip(SIDES, scenario.sides, strict=True):
        words = getattr(scenario, side).strategy.words
        rows.append([f"{own}.strategy", words, "", "", HOW_IT_CONCEDES])
    for section, numbers in groupby(scenario.numbers(), key=lambda item: section_of(item[0])):
        if about := note(scenario, section):
            rows.append([scenario.own_path(section), "", "", "", about])
        for path, quantity in numbers:
            meaning = label(path, scenario).rpartition(": ")[2]
            rows.append(line(scenario.own_path(path), quantity, meaning))
    rows += [[f"sources.{name}", "", "", "", text] for name, text in scenario.sources.items()]
    return columns("lrlllll", rows)


def section_of(path: str) -> str:
    """Return the table that a number stands in.

    Examples
    --------
    >>> section_of("us.types.stance.0"), section_of("issues.pie.mandate")
    ('us.types', 'issues.pie')
    """
    parts = path.split(".")
    depth = {"issues": 2, "linkage": 2}.get(parts[0], 1)
    if len(parts) > 2 and parts[1] in ("types", "constituencies"):
        depth = 2 if parts[1] == "types" else 3
    return ".".join(parts[:depth])


def note(scenario: Scenario, section: str) -> str:
    """Return what else is to be said in the heading of a table."""
    parts = section.split(".")
    if parts[0] == "issues":
        issue = scenario.issues[parts[1]]
        levels = f"{issue.unit}, {issue.status_quo:g} -> {issue.full:g}"
        return f"{issue.name}, conceded by {own_name(issue.conceded_by, scenario)} ({levels})"
    if section == "tariffs":
        return layers_in_words(scenario)
    if parts[-1] == "types":
        prior = getattr(scenario, parts[0]).types.stance_prior
        return f"dove, middle, hawk with probabilities {', '.join(f'{p:g}' for p in prior)}"
    if len(parts) == 3:
        stakes: dict[str, float] = getattr(scenario, parts[0]).constituencies[parts[2]].stakes
        return f"stakes {', '.join(f'{name} {points:+g}' for name, points in stakes.items())}"
    return ""


def layers_in_words(scenario: Scenario) -> str:
    """Return what the first side's tariff on the second adds up to, layer by layer.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> print(layers_in_words(Scenario.load("stockholm-2025")))
    US on China, 55 points in force = 25 before 2025 + 20 fentanyl-linked tariff
    + 10 reciprocal tariff and the suspended 24 points
    """
    from negotiation.analysis.tariff_paths import tariff_layers

    laid = scenario.tariffs.us_truce.value > 0.0 and scenario.economy.weight.value > 0.0
    if not laid or scenario.calendar.start.year < COUNTED_FROM:
        return ""
    layers = {name: x for name, x in tariff_layers(scenario).items() if x > CLOSE}
    first, second = (party(side).short for side in scenario.sides)
    parts = " + ".join(f"{points:.4g} {name}" for name, points in layers.items())
    return f"{first} on {second}, {sum(layers.values()):.4g} points in force = {parts}"


def line(name: str, quantity: Quantity, meaning: str) -> list[str]:
    """Return one number as a row: value, unit, range, meaning, mark, source."""
    told = quantity.unit, spread(quantity), meaning, quantity.mark, quantity.source
    return [name, f"{quantity.value:g}", *told]


def spread(quantity: Quantity) -> str:
    """Return the range of an uncertain number.

    Examples
    --------
    >>> spread(Quantity(value=2, low=1, high=5, distribution="triangular"))
    '1 to 5, triangular'
    """
    if not quantity.uncertain:
        return ""
    if quantity.distribution == "choice":
        return "one of " + ", ".join(f"{value:g}" for value in quantity.values)
    return f"{quantity.low:g} to {quantity.high:g}, {quantity.distribution}"


def marks(scenario: Scenario) -> dict[str, int]:
    """Return how many numbers carry each mark, in the order from firmest to softest."""
    count = Counter(quantity.mark for _, quantity in scenario.numbers())
    return {mark: count[mark] for mark in get_args(Mark) if count[mark]}


def tally(scenario: Scenario) -> str:
    """Return where the numbers come from, as lines."""
    count = marks(scenario)
    uncertain = sum(quantity.uncertain for _, quantity in scenario.numbers())
    rows = [(f"  {number}", mark, MEANING[mark]) for mark, number in count.items()]
    head = f"{counted(sum(count.values()), 'number')}, {uncertain} of them uncertain:"
    return "\n".join([head, *columns("rll", rows)])


def plain_tally(scenario: Scenario) -> list[str]:
    """Return the same as lines of which each says what it counts."""
    count = marks(scenario)
    uncertain = sum(quantity.uncertain for _, quantity in scenario.numbers())
    return [
        f"{counted(sum(count.values()), 'number')}, {uncertain} of them uncertain",
        *(f"{counted(n, 'number')} marked {mark}: {MEANING[mark]}" for mark, n in count.items()),
    ]


def findings(
    scenario: Scenario,
    found: tuple[LoneConcession, ...],
    never: tuple[Barrier, ...],
    layers: tuple[Layers, ...],
) -> str:
    """Return what ``negotiation scenario check`` prints for a scenario that loads."""
    doubtful = doubts(scenario)
    problems = "; but see below" if never or doubtful else ""
    lines = [f"{scenario.name}: no problems{problems or '.'}", tally(scenario), ""]
    lines += [barrier.sentence for barrier in never] + [""] * bool(never)
    lines += [untouched(entry, scenario) for entry in layers] + [""] * bool(layers)
    lines += doubtful + [""] * bool(doubtful)
    if not found:
        lines.append(
            "Consistent: at the central values no type would gain by conceding an issue alone."
        )
        return "\n".join(lines)
    lines.append(
        "At the central values these types would gain by conceding an issue alone, for nothing:"
    )
    for (side, issue), group in groupby(sorted(found, key=_place), key=_place):
        members = list(group)
        best = max(members, key=lambda member: member.gain)
        share = sum(member.prior for member in members)
        amount = money(best.gain, scenario.unit, 1 if best.gain >= 0.1 else 3)
        lines.append(
            f"  {own_name(side, scenario)}, {issue}: {who(members)} ({percent(share)} of types); "
            f"at most {amount}{a_year(scenario.unit)}, for a {best.stance} conceding "
            f"{percent(best.z)}"
        )
    return "\n".join(lines)


def untouched(layers: Layers, scenario: Scenario | None = None) -> str:
    """Return as a sentence how much of a tariff no issue takes off.

    Examples
    --------
    >>> from negotiation.scenario.layers import Layers
    >>> print(untouched(Layers("us", 30.0, {"fentanyl": 20.0})))
    On nobody's table: 10 of the 30 points of tariffs.us_truce; the issues take off 20
    (fentanyl 20).
    """
    path = own_path(f"tariffs.{layers.side}_truce", scenario)
    return (
        f"On nobody's table: {layers.in_force - layers.named:g} of the "
        f"{counted(layers.in_force, 'point')} of {path}; the issues take off {layers.named:g} "
        f"({layers.parts})."
    )


def _place(found: LoneConcession) -> tuple[str, str]:
    return found.side, found.issue


def who(members: list[LoneConcession]) -> str:
    """Return types as words: a stance alone means that the trait does not matter."""
    levels: dict[str, list[str]] = {}
    for member in members:
        levels.setdefault(member.stance, []).append(("low", "high")[member.trait])
    return ", ".join(
        stance if len(traits) == 2 else f"{stance} with the {traits[0]} trait"
        for stance, traits in levels.items()
    )


def what_became(made: FromDomain, file: Path, follow: str) -> str:
    """Return what a domain became as a scenario, what was lost, and what to type next."""
    steps = [
        (f"  {issue.name}", f"{-step.cost:+.4f}", f"{step.gain:+.4f}")
        for issue, step in zip(made.scenario.issues.values(), made.steps, strict=True)
    ]
    best = "; ".join(f"{name}: {value}" for name, value in made.best.items())
    lines = [
        f"{file}: {made.scenario.title}",
        *made.remarks,
        f"Best for the United States: {best}.",
        f"  worth {made.worth[0]:.4f} and {made.worth[1]:.4f}; no agreement: "
        f"{made.reservation[0]:.4f} and {made.reservation[1]:.4f}.",
        "Each issue is a step that the United States concedes, with what it brings both sides:",
        *columns("lrr", steps),
    ]
    if made.below > SMALL:
        lines.append(
            f"Lost: of {made.efficient:,} efficient outcomes some lie below a lottery between two "
            f"others, by up to {made.below:.2g} of China's utility; those are never offered."
        )
    if made.merged > SMALL:
        lines.append(
            f"Lost: steps were merged, because a scenario has {len(made.steps)} issues at most; "
            f"that takes up to {made.merged:.2g} of China's utility."
        )
    return "\n".join([*lines, f"Next: {follow}"])
