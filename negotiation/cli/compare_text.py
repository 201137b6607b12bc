"""Two scenarios side by side, as a page of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotiation.estimates import share
from negotiation.words import outcomes
from negotiation.words.numbers import percent, points, signed_interval
from negotiation.words.scene import full_date

if TYPE_CHECKING:
    from negotiation.analysis.compare import Comparison, Difference

LABEL = 56


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
        f"{result.runs:,} simulated negotiations of each, seed {result.seed}; both meet the same "
        "luck, run by run.",
        "",
        heading("Headlines"),
    ]
    asked_first = outcomes.headlines(before) | outcomes.headlines(after)
    lines += [row(words, result.events[name], result.runs) for name, words in asked_first.items()]
    lines += ["", heading(f"{horizon}, one of")]
    for name, words in outcomes.AT_HORIZON.items():
        lines.append(row(words, result.at_horizon[name], result.runs))
    lines += ["", heading("On the way there, more than one is possible")]
    for name, difference in result.events.items():
        if name not in never:
            lines.append(row(outcomes.event(name), difference, result.runs))
    lines += [
        "",
        "The change is in percentage points, in brackets its 95% interval: sampling error of pairs "
        "of runs.",
        "~ marks a change that could be zero.",
    ]
    return "\n".join(lines)


def heading(title: str, before: str = "before", after: str = "after") -> str:
    """Return the head of a table."""
    return f"{title:{LABEL}}{before:>12}{after:>12}  {'':2}change"


def row(words: str, difference: Difference, runs: int) -> str:
    """Return one line of a table."""
    old, new = (percent(*share(p * runs, runs)) for p in (difference.before, difference.after))
    low, high = difference.low, difference.high
    change = points(difference.difference, low, high).removesuffix(" points")
    mark = "  " if difference.clear else "~ "
    return f"  {words:{LABEL - 2}}{old:>12}{new:>12}  {mark}{change} ({signed_interval(low, high)})"
