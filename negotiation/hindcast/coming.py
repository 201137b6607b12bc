"""Forecasts of decisions between any two sides, from rows in the columns of the record.

A decision that the record knows, by its sides and its day, is forecast from the other disputes
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import Field, field_validator, model_validator

from negotiation.errors import FileProblems, InputError, Problems, UnknownName
from negotiation.estimates import LEVEL
from negotiation.hindcast import disputes, record
from negotiation.hindcast.as_recorded import RUNS, as_recorded
from negotiation.hindcast.governments import government
from negotiation.hindcast.scenario_file import KEPT, files_of, of_decision
from negotiation.history import codes
from negotiation.history.rows import GAVE, LEADERS, OUTCOME, Decision
from negotiation.scenario import shipped
from negotiation.scenario.csv_rows import SEPARATORS, Table, bytes_of, meant, read_table
from negotiation.scenario.csv_text import lines_of

OWN = ("sender", "target")
WORDS = (
    "what", "instrument", "measure_of", "concession", "spell_id", "sources", "notes", "ties_case",
)  # fmt: skip
GONE = ("us_avg_before", "cn_avg_before", "deadline_binding", "leaders_meeting")
WHERE = "negotiation hindcast --columns"  # prints the columns of a file


class Coming(Decision):
    """A decision that may not have been made yet: what was known before it."""

    needed: ClassVar[tuple[str, ...]] = (
        "id", "date", "sender", "target", "binding", "regime_before",
    )  # fmt: skip

    unread: ClassVar[tuple[str, ...]] = (
        "us_tariff_after", "target_retaliation_after", "fresh_deal_precedents", "domestic_court",
        "issues_in_deal", "deal_term_days", "spell_days", "spell_censored", "spell_role",
        "confidence", "known_on", "mark", "days_to_deadline", "scheduled", "us_avg_tradewar_before",
        "announcement_only", "minor", "serial_rollover", "lapse", "forced_by_court",
    )  # fmt: skip

    leaders: Annotated[codes.Leaders, *LEADERS] = codes.Leaders.NONE
    outcome: Annotated[codes.Outcome | None, *OUTCOME] = None  # type: ignore[assignment]
    mutual: Annotated[codes.GaveWay | None, *GAVE] = None  # type: ignore[assignment]
    cluster: str = ""
    scenario: str = Field("", description="the name of a shipped scenario")

    @model_validator(mode="before")
    @classmethod
    def _decided_on_its_date(cls, cells: Any) -> Any:
        """Take the day of the decision for the date that was set, if none is given."""
        if "deadline_date" in cells or "threat_date" not in cells:
            return cells
        return {**cells, "deadline_date": cells.get("date", "")}

    @field_validator("scenario", mode="after")
    @classmethod
    def _is_shipped(cls, value: str) -> str:
        if value and value not in shipped():
            raise ValueError(str(UnknownName("scenario", value, shipped())))
        return value

    @model_validator(mode="after")
    def _in_order(self) -> Coming:
        if self.threat_date is not None and self.threat_date > self.date:
            raise ValueError(f"threat_date: {self.threat_date} is after its day, {self.date}.")
        return self


def columns() -> list[dict[str, str]]:
    """Return the columns of a file of decisions: name, whether it must be there, what it holds.

    Examples
    --------
    >>> columns()[0]
    {'column': 'id', 'needed': 'yes', 'holds': 'a short name'}
    """
    return [
        {
            "column": name,
            "needed": "yes" if name in Coming.needed else "",
            "holds": str(field.description or "text"),
        }
        for name, field in Coming.model_fields.items()
    ]


def load(path: str | Path) -> list[Coming]:
    """Read decisions from a CSV file, all of them or none.

    Raises
    ------
    MissingFile, FileProblems
        One sentence for each thing that is wrong.
    """
    return read(path).whole()


def read(path: str | Path) -> Table[Coming]:
    """Read the decisions of a CSV file that can be played, and say what is wrong with the others.

    Raises
    ------
    MissingFile, FileProblems
        If none can be.
    """
    content, where = bytes_of(path)
    header, _, _ = lines_of(content, where, "decision", SEPARATORS)
    if set(GONE) & set(header) and not set(OWN) & set(header):
        raise FileProblems(
            where, [f"these are the columns of episodes, which are gone; {WHERE} prints the new."]
        )
    found = read_table(Coming, content, where)
    wrong = Problems()
    blank = {*Coming.model_fields} - {*found.header, *Coming.unread, *WORDS}
    for name in found.header:
        hint = "" if not name or name in Coming.model_fields else meant(name, Coming.model_fields)
        if any(repr(one) in hint for one in blank):
            with wrong.at():
                raise InputError(f"column {name!r} is none of the record's and is not read.{hint}")
    kept = []
    for row in found.rows:
        before = len(wrong.lines)
        for column in OWN:
            with wrong.at(f"{row.id}, {column}"):
                government(getattr(row, column))
        if len(wrong.lines) == before and len(set(disputes.seats_of(row))) == 1:
            with wrong.at(row.id):
                raise InputError("both sides play with the same trade; name two governments.")
        if len(wrong.lines) == before:
            kept.append(row)
    found.rows = kept
    found.refused += wrong.lines
    found.remarks += [
        f"{row.id}: it has a second reading and no outcome, so it is not scored."
        for row in kept
        if row.second_reading is not None and row.outcome is None
    ]
    if not kept:
        raise FileProblems(where, found.refused)
    return found


def forecast(
    rows: Sequence[Decision],
    *,
    second: bool = False,
    seed: int = 1,
    runs: int = RUNS,
    workers: int = 1,
    progress: Callable[[int], Any] | None = None,
) -> dict[str, Any]:
    """Return the probabilities of the five outcomes of every decision.

    Parameters
    ----------
    rows : sequence of Decision
    second : bool
        Learn from the second reading of the record.
    seed : int
    runs : int
        Runs of each draw of the parameters, for each decision.

    Returns
    -------
    dict
        ``decisions``, one entry for each row that can be played, in order, ``refused``, a sentence
        for each other, and ``remarks``; see docs/reference/json.md.
    """
    learned = record.shipped(second=second)
    entries, done = [], []
    refused = Problems()
    for row in rows:
        with refused.at(row.id):
            scenario = files_of(of_decision(row, learned), "row").loaded("row")
            told = as_recorded(scenario, seed=seed, runs=runs, workers=workers, progress=progress)
            done.append(row)
        if row not in done[-1:]:
            continue
        entry = told.to_dict()
        entries.append(
            {
                "id": row.id,
                "date": row.date.isoformat(),
                "name": row.what,
                "sides": list(disputes.sides_of(row)),
                "governments": list(disputes.governments_of(row)),
                "probabilities": entry["probabilities"],
                "intervals": entry["intervals"],
                "outcome": row.outcome.value if row.outcome else None,
                "second_reading": row.read(True).value if row.outcome else None,
                "learned_from": bool(record.known(row, learned.rows)),
                "base_rates": entry["base_rates"],
                "effective_draws": entry["effective_draws"],
            }
        )
    return {
        "runs_per_decision": runs * KEPT,
        "seed": seed,
        "level": LEVEL,
        "decisions": entries,
        "refused": refused.lines,
        "remarks": [text for row in done for text in disputes.remarks(row)],
    }
