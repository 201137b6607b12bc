"""A run and what would have come of another decision, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from negotiation.cli.compare_text import tables
from negotiation.transcript.telling import Paragraph, laid_out, paragraphs
from negotiation.words import outcomes
from negotiation.words.scene import NAMES, capital, full_date

if TYPE_CHECKING:
    from negotiation.analysis.what_if import WhatIf

NARROWEST = 36


def report(found: WhatIf, width: int) -> str:
    """Return what ``negotiation run --fork`` prints, in lines of at most ``width`` where it can."""
    left, right = (paragraphs(talks) for talks in (found.as_it_was, found.otherwise))
    same = shared(left, right)
    side = capital(NAMES[found.was.side])
    name = f"{side}, {found.was.kind.value.replace('_', ' ')}"
    was, instead = (str(choice).replace("_", " ") for choice in (found.was.choice, found.instead))
    column = max((width - 3) // 2, NARROWEST)
    tail = shared(left[same:][::-1], right[same:][::-1])
    ends = len(left) - tail, len(right) - tail
    lines = [*laid_out(left[:same]), "", f"{full_date(found.date)}. {name}", ""]
    lines += columns(
        [Paragraph(f"AS IT WAS: {was}"), Paragraph(""), *left[same : ends[0]]],
        [Paragraph(f"WHAT IF: {instead}"), Paragraph(""), *right[same : ends[1]]],
        column,
    )
    lines += laid_out(left[ends[0] :])
    lines += [
        "",
        f"From that decision on, {found.runs:,} runs of each branch, in pairs that meet the same "
        "random events; the past and the private types stay.",
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


def shared(one: Sequence[object], two: Sequence[object]) -> int:
    """Return how many elements two sequences begin with alike.

    Examples
    --------
    >>> shared("abc", "ab")
    2
    """
    pairs = enumerate(zip(one, two, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(two)))


def columns(left: Sequence[Paragraph], right: Sequence[Paragraph], width: int) -> list[str]:
    """Return two texts side by side, each cut into lines of its column's width.

    Examples
    --------
    >>> columns([Paragraph("one two three")], [Paragraph("four")], 8)
    ['one two  | four', 'three    |']
    """
    pairs = zip_longest(laid_out(left, width), laid_out(right, width), fillvalue="")
    return [f"{one:{width}} | {two}".rstrip() for one, two in pairs]
