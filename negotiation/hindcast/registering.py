"""Forecasts made into lines of a ledger, and outcomes into lines of their own."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

from negotiation.errors import FileProblems, InputError, UnknownName
from negotiation.estimates import share
from negotiation.hindcast import provenance
from negotiation.hindcast.decisions import CODES
from negotiation.hindcast.episodes import STOCKHOLM, Coded
from negotiation.hindcast.folds import named
from negotiation.hindcast.forecast import calibration, rates_without
from negotiation.hindcast.ledger import PARTS, Line
from negotiation.hindcast.reading import day
from negotiation.hindcast.table import bytes_of
from negotiation.scenario.csv_text import lines_of

DISPUTE = "US-China"  # where a file has no column `dispute`: the model has no other sides
SAME = ("id", "version", "commit", "numbers", "posterior", "seed", "runs")


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
    """Return what decides a forecast: version, commit, scenario and rules, posterior."""
    from negotiation.compiling import sources_hash

    posterior = json.dumps(calibration(), sort_keys=True).encode()
    return {
        "version": metadata.version("negotiation"),
        "commit": commit_of(),
        "numbers": f"{provenance.scenario_hash()}/{sources_hash()}",
        "posterior": hashlib.sha256(posterior).hexdigest()[:12],
    }


def disputes(path: str | Path) -> dict[str, str]:
    """Return the dispute of each row of a file by id; a blank one is that of the two countries."""
    content, where = bytes_of(path)
    _, rows, _ = lines_of(content, where, "episode")
    return {cells.get("id", ""): cells.get("dispute", "") or DISPUTE for _, cells in rows}


def refuse_bad(
    rows: list[Coded],
    lines: list[Line],
    asked: Line,
    of: dict[str, str],
    *,
    today: dt.date,
    after_the_fact: bool = False,
    again: bool = False,
    where: str = "the file",
) -> None:
    """Raise FileProblems, a sentence for each row that cannot be registered.

    Parameters
    ----------
    rows : list of Coded
    lines : list of dict
        Of the ledger so far.
    asked : dict
        Fingerprints, seed and runs of the forecast.
    of : dict
        Dispute of each row by id.
    today : datetime.date
    after_the_fact, again : bool
        Take a day that has come already; take what is registered with the same numbers.
    """
    problems = []
    known = {line["id"]: line for line in lines if line["kind"] == "forecast"}
    resolved = {line["id"] for line in lines if line["kind"] == "resolve"}
    for coded in rows:
        name, when = coded.episode.id, coded.episode.date
        is_now = (of.get(name, DISPUTE), when.isoformat(), coded.name)
        if coded.outcome:
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
        raise FileProblems(where, problems)


def lines_for(
    rows: list[Coded], found: dict[str, Any], asked: Line, of: dict[str, str], moment: dt.datetime
) -> list[Line]:
    """Return one ledger line for each forecast, not chained yet.

    Notes
    -----
    ``low`` and ``high`` are the interval over the calibrated parameters; ``sampling_low`` and
    ``sampling_high`` Wilson's for the number of runs, as if all were of one world: wider than the
    true error of the mean over draws, which each have as many runs.
    """
    runs, lines = found["runs_per_episode"], []
    for coded, entry in zip(rows, found["episodes"], strict=True):
        late = coded.episode.date <= moment.date()
        line = {
            "kind": "forecast",
            "id": coded.episode.id,
            "dispute": of.get(coded.episode.id, DISPUTE),
            "date": coded.episode.date.isoformat(),
            "question": coded.name,
            "registered": moment.isoformat(),
            "after_the_fact": "yes" if late else "no",
            "knowledge_ends": STOCKHOLM.isoformat(),
            **asked,
        }
        rates = named(rates_without(coded))
        for code in CODES:
            p, ends = entry["probabilities"][code], entry["intervals"][code]
            around = share(p * runs, runs)
            numbers = (p, ends["low"], ends["high"], around.low, around.high, rates[code])
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
    if outcome not in CODES:
        raise UnknownName("outcome", outcome, CODES)
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
