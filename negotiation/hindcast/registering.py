"""Forecasts made into lines of a ledger, and outcomes into lines of their own."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
from collections.abc import Sequence
from importlib import metadata, resources
from pathlib import Path
from typing import Any, NamedTuple

from negotiation.errors import InputError, UnknownName
from negotiation.estimates import share
from negotiation.hindcast import record
from negotiation.hindcast.disputes import pair_of
from negotiation.hindcast.episodes import STOCKHOLM
from negotiation.hindcast.ledger import PARTS, Line, codes_of
from negotiation.hindcast.situation import base
from negotiation.history.rows import Decision
from negotiation.scenario.csv_rows import day

SAME = ("id", "version", "commit", "numbers", "posterior", "seed", "runs")


class Asked(NamedTuple):
    """A decision to be registered: its id, day and question, whose quarrel, and the outcome."""

    id: str
    date: dt.date
    question: str
    dispute: str
    outcome: str | None


def of_the_record(rows: Sequence[Decision]) -> list[Asked]:
    """Return decisions between any two sides, each of its cluster, or else of the two."""
    return [
        Asked(x.id, x.date, x.what, x.cluster or pair_of(x), x.outcome.value if x.outcome else None)
        for x in rows
    ]


def now() -> dt.datetime:
    """Return this moment, in UTC."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def commit_of(folder: Path | None = None) -> str:
    """Return the commit of the package's own checkout, ``-dirty`` where it has changes.

    ``unknown`` where the package does not lie in a checkout of its own, or git cannot tell.
    """
    root = folder or Path(__file__).resolve().parents[2]
    if not (root / ".git").exists():
        return "unknown"
    try:
        commit, changes = (
            subprocess.run(
                ["git", "-C", str(root), *words],
                capture_output=True, text=True, check=True, timeout=20,
            ).stdout.strip()
            for words in (
                ("rev-parse", "HEAD"),
                ("status", "--porcelain", "--", "negotiation", "pyproject.toml"),
            )
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return f"{commit[:12]}{'-dirty' if changes else ''}"


def fingerprints() -> dict[str, str]:
    """Return what decides a forecast: version, commit, scenario and rules, what was learned."""
    from negotiation.sources import sources_hash

    posterior = (resources.files("negotiation") / "hindcast" / "data" / record.FILE).read_bytes()
    scenario = base().model_copy(update={"sources": {}}).fingerprint
    return {
        "version": metadata.version("negotiation"),
        "commit": commit_of(),
        "numbers": f"{scenario}/{sources_hash()}",
        "posterior": hashlib.sha256(posterior).hexdigest()[:12],
    }


def refusals(
    rows: list[Asked],
    lines: list[Line],
    asked: Line,
    *,
    today: dt.date,
    after_the_fact: bool = False,
    again: bool = False,
) -> dict[str, list[str]]:
    """Return why rows cannot be registered, in sentences, by the id of each that cannot.

    Parameters
    ----------
    rows : list of Asked
    lines : list of dict
        Of the ledger so far.
    asked : dict
        Fingerprints, seed and runs of the forecast.
    today : datetime.date
    after_the_fact, again : bool
        Take a day that has come already; take what is registered with the same numbers.
    """
    found: dict[str, list[str]] = {}
    known = {line["id"]: line for line in lines if line["kind"] == "forecast"}
    resolved = {line["id"] for line in lines if line["kind"] == "resolve"}
    for row in rows:
        problems: list[str] = []
        name, when = row.id, row.date
        is_now = (row.dispute, when.isoformat(), row.question)
        if row.outcome:
            problems.append(f"{name}: its outcome is given; only undecided rows are registered.")
        elif name in resolved:
            problems.append(f"{name}: its outcome is in the ledger already.")
        elif when <= today and not after_the_fact:
            problems.append(
                f"{name}: its day, {when}, is not after today, {today}; register it as after the "
                "fact with --after-the-fact."
            )
        if name in known:
            was = tuple(known[name][x] for x in ("dispute", "date", "question"))
            if was != is_now:
                problems.append(f"{name}: the ledger has another decision of this id, of {was[1]}.")
        wanted = {**asked, "id": name}
        twice = [x for x in lines if all(x[k] == wanted[k] for k in SAME)]
        if twice and not again:
            problems.append(
                f"{name}: line {twice[-1]['line']} has it by the same commit and numbers; add it "
                "once more with --again."
            )
        if problems:
            found[name] = problems
    return found


def lines_for(
    rows: list[Asked], entries: list[dict[str, Any]], asked: Line, runs: int, moment: dt.datetime
) -> list[Line]:
    """Return one ledger line for each forecast, not chained yet.

    Parameters
    ----------
    rows : list of Asked
    entries : list of dict
        Their forecasts, with ``base_rates``.
    asked : dict
        Fingerprints, seed and runs of each draw.
    runs : int
        Runs behind each forecast.
    moment : datetime.datetime

    Notes
    -----
    ``low`` and ``high`` are the interval over what was learned; ``sampling_low`` and
    ``sampling_high`` Wilson's for the number of runs, as if all were of one world: wider than the
    true error of the mean over draws, which each have as many runs.
    """
    lines = []
    for row, entry in zip(rows, entries, strict=True):
        line = {
            "kind": "forecast",
            "id": row.id,
            "dispute": row.dispute,
            "date": row.date.isoformat(),
            "question": row.question,
            "registered": moment.isoformat(),
            "after_the_fact": "yes" if row.date <= moment.date() else "no",
            "knowledge_ends": STOCKHOLM.isoformat(),
            **asked,
        }
        for code, p in entry["probabilities"].items():
            ends, rate = entry["intervals"][code], entry["base_rates"][code]
            around = share(p * runs, runs)
            numbers = (p, ends["low"], ends["high"], around.low, around.high, rate)
            for part, x in zip(PARTS, numbers, strict=True):
                line[f"{code}.{part}"] = f"{x:.4f}"
        lines.append(line)
    return lines


def resolution(
    lines: list[Line], name: str, outcome: str, on: str, source: str, moment: dt.datetime
) -> Line:
    """Return the line that says what happened.

    Raises
    ------
    InputError
        If nothing of that id is registered, or it is resolved, or a word or day is not allowed.
    """
    known = {line["id"]: line for line in lines if line["kind"] == "forecast"}
    if name not in known:
        raise UnknownName("forecast", name, known)
    codes = codes_of(known[name])
    if outcome not in codes:
        raise UnknownName("outcome", outcome, codes)
    done = [x for x in lines if x["kind"] == "resolve" and x["id"] == name]
    if done:
        raise InputError(f"{name}: line {done[0]['line']} says already that it was an outcome of "
                         f"{done[0]['outcome']}; no line is changed.")  # fmt: skip
    try:
        happened = day(on)
    except ValueError as error:
        raise InputError(f"--on: {error}") from None
    if happened > moment.date():
        raise InputError(f"--on {on}: it has not come yet; today is {moment.date()}.")
    if not source.strip():
        raise InputError("--source: it is blank; say where the outcome can be read.")
    same = {x: known[name][x] for x in ("id", "dispute", "date", "question")}
    return {
        "kind": "resolve", **same, "registered": moment.isoformat(), "outcome": outcome,
        "on": on, "source": source.strip(),
    }  # fmt: skip
