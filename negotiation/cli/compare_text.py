"""Two scenarios side by side, as a page of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotiation.cli.columns import columns
from negotiation.estimates import share
from negotiation.words import outcomes
from negotiation.words.numbers import percent, points, signed_interval
from negotiation.words.scene import full_date

if TYPE_CHECKING:
    from negotiation.analysis.compare import Comparison, Difference


def report(result: Comparison, asked: dict[str, Any]) -> str:
    """Return what ``negotiation compare`` prints: what is compared, and three tables."""
    before, after = result.before, result.after
    changed = ", ".join(f"{path} = {value}" for path, value in asked.items())
    same = before.calendar.horizon == after.calendar.horizon
    horizon = f"On {full_date(after.calendar.horizon)}" if same else "On the last day"
    never = outcomes.impossible(before) & outcomes.impossible(after)
    lines = [
        f"Before: {before.name}",
        f"After:  {after.name}{f' with {changed}' if changed else ''}",
        f"{result.runs:,} simulated negotiations of each, seed {result.seed}; run by run "
        "both meet the same random events.",
        "",
    ]
    asked_first = outcomes.headlines(before) | outcomes.headlines(after)
    lines += tables(
        {
            "Headlines": {words: result.events[name] for name, words in asked_first.items()},
            f"{horizon}, one of": {
                words: result.at_horizon[name] for name, words in outcomes.AT_HORIZON.items()
            },
            "On the way there, more than one is possible": {
                outcomes.event(name): difference
                for name, difference in result.events.items()
                if name not in never
            },
        },
        result.runs,
    )
    return "\n".join(lines)


def tables(
    parts: dict[str, dict[str, Difference]], runs: int, names: tuple[str, str] = ("before", "after")
) -> list[str]:
    """Return tables of odds before and after, by title, and how to read them."""
    rows: list[list[str]] = []
    for title, differences in parts.items():
        rows.append([title, *names, "", "change"])
        rows += [row(words, difference, runs) for words, difference in differences.items()]
        rows.append([""])
    return [
        *columns("lrrll", rows),
        "The change is in percentage points, in brackets its 95% interval: sampling error of pairs "
        "of runs.",
        "~ marks a change that could be zero.",
    ]


def row(words: str, difference: Difference, runs: int) -> list[str]:
    """Return one row of a table."""
    old, new = (percent(*share(p * runs, runs)) for p in (difference.before, difference.after))
    low, high = difference.low, difference.high
    change = points(difference.difference, low, high).removesuffix(" points")
    mark = "" if difference.clear else "~"
    return [f"  {words}", old, new, mark, f"{change} ({signed_interval(low, high)})"]
