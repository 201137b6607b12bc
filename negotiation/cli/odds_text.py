"""The odds as a page of text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from negotiation.words import outcomes
from negotiation.words.numbers import interval, percent
from negotiation.words.packages import amount
from negotiation.words.scene import full_date

if TYPE_CHECKING:
    from negotiation.analysis.odds import Odds
    from negotiation.estimates import Estimate
    from negotiation.scenario import Scenario

LABEL = 50


def report(
    result: Odds,
    scenario: Scenario,
    folder: Path | None,
    pictures: list[Path],
    follow: str,
    changed: Sequence[str] = (),
) -> str:
    """Return what ``negotiation odds`` prints: the headlines, two tables, where the files are."""
    ignorance = knows_ignorance(result)
    lines = [
        scenario.title,
        f"{result.runs:,} simulated negotiations, seed {result.seed}. "
        f"In this model, given these settings: {', '.join(changed) or 'all'} "
        f"{'and else ' if changed else ''}as in {scenario.name}.",
        "",
    ]
    for name, statement in outcomes.headlines(scenario).items():
        estimate = result.events[name]
        lines.append(f"{statement}: {percent(*estimate)}")
        lines.append(
            f"  {interval(estimate.low, estimate.high)}: sampling error of {result.runs:,} runs"
        )
        if ignorance:
            unknown = interval(*result.parameter_interval[name])
            lines.append(f"  {unknown} as the uncertain assumptions vary")
        lines.append("")
    horizon = f"On {full_date(scenario.calendar.horizon)}, one of"
    lines.append(heading(horizon, ignorance))
    for name, words in outcomes.AT_HORIZON.items():
        over = result.horizon_interval[name] if ignorance else None
        lines.append(row(words, result.at_horizon[name], over))
    lines += ["", heading("On the way there, more than one is possible", ignorance)]
    for name in result.events:
        if name not in outcomes.impossible(scenario):
            over = result.parameter_interval[name] if ignorance else None
            lines.append(row(outcomes.event(name), result.events[name], over))
    lines += contents(result, scenario)
    second = "; the second over uncertain assumptions" if ignorance else ""
    lines += ["", f"95% intervals: the first is sampling error{second}."]
    if pictures:
        lines.append(f"Picture: {' and '.join(str(path) for path in pictures)}")
    if folder is not None:
        lines.append(f"Numbers: {folder / 'odds.json'}")
    lines.append(f"Next: {follow}   (one of them, day by day)")
    return "\n".join(lines)


def contents(result: Odds, scenario: Scenario) -> list[str]:
    """Return what the deals contain, issue by issue: the average level, and how far that goes."""
    if not result.terms:
        return []
    title = "What the deals in force contain, on average"
    lines = ["", f"{title:{LABEL}}{'conceded':>12}  {'sampling error':>18}  that is"]
    for name, estimate in result.terms.items():
        issue = scenario.issues[name]
        lines.append(f"{row(issue.name, estimate, None)}  {amount(issue, estimate.p)}")
    return lines


def knows_ignorance(result: Odds) -> bool:
    """Return whether the odds were computed over other values of the uncertain numbers."""
    return any(low < high for low, high in result.parameter_interval.values())


def heading(title: str, ignorance: bool) -> str:
    """Return the head of a table."""
    columns = f"{title:{LABEL}}{'odds':>12}  {'sampling error':>18}"
    return f"{columns}  {'assumptions vary':>18}" if ignorance else columns


def row(words: str, estimate: Estimate, over: tuple[float, float] | None) -> str:
    """Return one line of a table."""
    text = (
        f"  {words:{LABEL - 2}}{percent(*estimate):>12}"
        f"  {interval(estimate.low, estimate.high):>18}"
    )
    if over is None:
        return text
    return f"{text}  {interval(*over) if over[0] < over[1] else 'no difference':>18}"
