"""Forecasts of decisions between any two sides, as pages of text."""

from __future__ import annotations

from typing import Any

from negotiation.cli.columns import columns
from negotiation.cli.skill_text import published_line, scores_and_gains, split_table
from negotiation.hindcast.as_recorded import FIVE as CODES
from negotiation.history.tables import SINCE
from negotiation.skill.assessing import FEWEST
from negotiation.skill.splits import FEWEST as MANY
from negotiation.words.numbers import brief, counted
from negotiation.words.parties import party

SHORT = ("in full", "in part", "put off", "deal", "dropped")
OWN = (
    "Scores of the rows with an outcome. Nothing is learned from this file: the model learned from "
    "the record, its rivals from the decisions of the record since 2017, both without disputes "
    "that a row is of."
)
TOO_EARLY = (
    f"Forward in time none of them can be scored: none has {MANY} earlier decisions since {SINCE} "
    "to learn from."
)
IN_BRACKETS = (
    "In brackets 95% intervals, Student's, disputes as units; rows of one cluster are of one "
    f"dispute. There is none below {counted(FEWEST, 'dispute')}, or where all score alike."
)
LOWER = "Lower is better; a fifth on each of the five scores 0.80 (Brier) and 1.61 (log)."


def record_report(found: dict[str, Any], where: str) -> str:
    """Return what ``negotiation forecast FILE`` prints of rows in the columns of the record."""
    lines = [
        f"Forecasts for {where}, from what was known before each decision and what past disputes "
        "teach.",
        f"{found['runs_per_decision']:,} simulated negotiations each, seed {found['seed']}; "
        "95% intervals over what was learned; below each row base rates.",
        "",
        *rows(found["decisions"]),
    ]
    if any(entry["learned_from"] for entry in found["decisions"]):
        lines += ["", "Decisions that the record has are forecast from the other disputes alone."]
    if found["remarks"]:
        lines += ["", *found["remarks"]]
    decided = [
        (title, split)
        for reading, title in READINGS.items()
        for split in found["scores"][reading].values()
    ]
    if decided:
        lines += ["", OWN]
    for title, split in decided:
        lines += ["", *titled(title, scores_and_gains(split))]
    if decided:
        lines += ["", LOWER, IN_BRACKETS, *counts(decided[0][1])]
    return "\n".join(lines)


READINGS = {
    "first": "First reading",
    "second": "If the disputed outcomes are read the other way, learned anew",
}


def past_report(found: dict[str, Any]) -> str:
    """Return what ``negotiation hindcast`` prints of decisions of the record."""
    pair = "any two sides" if found["pair"].lower() == "all" else found["pair"]
    lines = [
        f"{counted(found['n'], 'decision')} of the record, {pair}, in "
        f"{counted(found['disputes'], 'dispute')}; each is forecast from all other disputes, none "
        "of its own among them.",
        "95% intervals over the numbers that no source gives; last, what happened, and how it may "
        "be read otherwise.",
        "",
        *rows(found["decisions"], rates=False),
    ]
    for reading, title in READINGS.items():
        for split in found["scores"][reading].values():
            lines += ["", *titled(title, split_table(split))]
    if "forward" not in found["scores"]["first"]:
        lines += ["", TOO_EARLY]
    lines += [
        "",
        LOWER,
        "Gain: the Brier score of base rates (or of those by stratum) less its own, above 0 where "
        "it is better; the mean over disputes (or decisions), each counted once, with Student's "
        "95% interval, disputes as units.",
        *counts(found),
        *published_line(found["published"]),
        "",
        "Talks, leaders and leverage were coded by people who knew these outcomes, and so was the "
        "mapping from a row to the model written; without such cells: negotiation skill.",
    ]
    return "\n".join(lines)


def titled(title: str, table: list[str]) -> list[str]:
    """Return a table under the reading that it is by."""
    return [f"{title}. {table[0]}", *table[1:]]


def counts(found: dict[str, Any]) -> list[str]:
    """Return how much the decisions tell that were scored."""
    if found["n"] == 1:
        return []
    return [
        f"The {found['n']} are moves of {counted(found['disputes'], 'dispute')}, which weigh as "
        f"much as {found['effective_disputes']:.0f} of equal size, and not independent."
    ]


def columns_report(found: list[dict[str, str]]) -> str:
    """Return what ``negotiation hindcast --columns`` prints."""
    table = [[*found[0]], *([*each.values()] for each in found)]
    return "\n".join(columns("lll", table))


def rows(entries: list[dict[str, Any]], *, rates: bool = True) -> list[str]:
    """Return the table of forecasts: the chance and interval of each outcome, and what happened.

    ``rates`` puts base rates below each row.
    """
    table = [["", "date", "sides", *(x for name in SHORT for x in (name, "95%")), "happened", ""]]
    for entry in entries:
        cells, below = [], []
        for code in CODES:
            ends = entry["intervals"][code]
            span = f"({brief(ends['low'])}-{brief(ends['high'])})"
            cells += [brief(entry["probabilities"][code]), span]
            below += [brief(entry["base_rates"][code]), ""]
        named = entry.get("governments") or [party(side).short for side in entry["sides"]]
        sides = "-".join(named)
        fact = entry["outcome"]
        what = SHORT[CODES.index(fact)] if fact else ""
        other = entry.get("second_reading", fact)
        also = "" if other == fact else f"or {SHORT[CODES.index(other)]}"
        table.append([entry["id"], entry["date"], sides, *cells, what, also])
        if rates:
            table.append(["", "", "base rates", *below])
    return columns("lllrrrrrrrrrrll", table)
