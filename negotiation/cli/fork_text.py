"""A run and what would have come of another decision, side by side."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

from negotiation.cli.compare_text import tables
from negotiation.words import outcomes
from negotiation.words.scene import NAMES, capital, full_date

if TYPE_CHECKING:
    from negotiation.analysis.what_if import WhatIf

NARROWEST = 36


def report(found: WhatIf, width: int) -> str:
    """Return what ``negotiation run --fork`` prints, in lines of at most ``width`` where it can."""
    left, right = (t.transcript.splitlines() for t in (found.as_it_was, found.otherwise))
    same = shared(left, right)
    side = capital(NAMES[found.was.side])
    name = f"{side}, {found.was.kind.value.replace('_', ' ')}"
    was, instead = (str(choice).replace("_", " ") for choice in (found.was.choice, found.instead))
    column = max((width - 3) // 2, NARROWEST)
    lines = [*left[:same], "", f"{full_date(found.date)}. {name}", ""]
    lines += columns([f"AS IT WAS: {was}", ""], [f"WHAT IF: {instead}", ""], column)
    tail = shared(left[same:][::-1], right[same:][::-1])
    ends = len(left) - tail, len(right) - tail
    lines += columns(left[same : ends[0]], right[same : ends[1]], column)
    lines += left[ends[0] :]
    lines += [
        "",
        f"From that decision on, over {found.runs:,} lucks, the same in both branches; the past "
        "and the private types stay.",
        "",
    ]
    never = outcomes.impossible(found.as_it_was.scenario)
    lines += tables(
        {
            "Where things stand on the last day": {
                words: found.at_horizon[key] for key, words in outcomes.AT_HORIZON.items()
            },
            "On the way there, more than one is possible": {
                outcomes.event(key): difference
                for key, difference in found.events.items()
                if key not in never
            },
        },
        found.runs,
        ("as it was", "what if"),
    )
    return "\n".join(lines)


def shared(one: list[str], two: list[str]) -> int:
    """Return how many lines two texts begin with alike.

    Examples
    --------
    >>> shared(["a", "b"], ["a", "c", "d"])
    1
    """
    pairs = enumerate(zip(one, two, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(two)))


def columns(left: list[str], right: list[str], width: int) -> list[str]:
    """Return two texts side by side, each line wrapped to its column."""
    one, two = (
        [piece for line in text for piece in (wrapped(line, width) or [""])]
        for text in (left, right)
    )
    return [f"{a:{width}} | {b}".rstrip() for a, b in zip_longest(one, two, fillvalue="")]


def wrapped(line: str, width: int) -> list[str]:
    """Return a line cut to the column, its indentation kept."""
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(line.strip(), width, initial_indent=indent, subsequent_indent=indent)
