"""A ledger of forecasts: what is written stays, and is scored as by hand."""

from __future__ import annotations

import datetime as dt
import json
import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from negotiation.errors import FileProblems, InputError
from negotiation.hindcast import ledger_scores, registering
from negotiation.hindcast.coming import Coming
from negotiation.hindcast.decisions import CODES
from negotiation.hindcast.ledger import START, append, codes_of, hash_of, read

from .conftest import ROW

NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
ASKED = {"version": "1", "commit": "c", "numbers": "n", "posterior": "p", "seed": "1", "runs": "4"}


def line(name: str, p: tuple[float, ...] = (0.1, 0.2, 0.3, 0.4), **changes: str) -> dict[str, str]:
    """Return a forecast of a decision of 1 March 2026, against a quarter on each code."""
    shares = {f"{code}.p": f"{x:.4f}" for code, x in zip(CODES, p, strict=True)}
    rates = {f"{code}.base_rate": "0.25" for code in CODES}
    return {
        "kind": "forecast", "id": name, "dispute": name, "date": "2026-03-01", "question": "",
        "registered": NOON.isoformat(), **ASKED, **shares, **rates, **changes,
    }  # fmt: skip


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Return a ledger of three forecasts."""
    path = tmp_path / "a" / "ledger.csv"
    append(path, lambda _: [line("A"), line("B")], CODES)
    append(path, lambda _: [line("C")])
    return path


def test_lines_are_added_and_the_old_bytes_stay(three: Path) -> None:
    """What was there is a prefix of what is there after; each line is chained to the last."""
    before = three.read_bytes()
    append(three, lambda _: [line("D")])
    assert three.read_bytes().startswith(before)
    lines = read(three)
    assert [x["id"] for x in lines] == ["A", "B", "C", "D"]
    hashes = [START, *(x["hash"] for x in lines)]
    assert [x["previous"] for x in lines] == hashes[:-1]


def test_an_edited_cell_is_found(three: Path) -> None:
    """A probability that was changed later is told with its line, and nothing more is written."""
    text = three.read_text()
    rows = text.splitlines(keepends=True)
    three.write_text("".join([*rows[:2], rows[2].replace("0.1000", "0.9000"), rows[3]]))
    with pytest.raises(FileProblems, match="line 2 was edited"):
        read(three)
    with pytest.raises(FileProblems, match="line 2 was edited"):
        append(three, lambda _: [line("D")])
    assert len(three.read_text().splitlines()) == 4


@pytest.mark.parametrize(
    ("order", "words"),
    [((0, 2, 3), "line 1 says"), ((0, 1, 3), "line 2 says"), ((0, 1, 3, 2), "line 2 says"),
     ((0, 1, 1, 2, 3), "line 2 says")],
)  # fmt: skip
def test_deleted_moved_and_doubled_lines_are_found(
    three: Path, order: tuple[int, ...], words: str
) -> None:
    """The first line that is not in its place is named."""
    rows = three.read_text().splitlines(keepends=True)
    three.write_text("".join(rows[k] for k in order))
    with pytest.raises(FileProblems, match=words):
        read(three)


def test_a_forged_line_does_not_fit_its_successor(three: Path) -> None:
    """Who edits a line and gives it the hash that fits breaks the chain one line on."""
    lines = read(three)
    forged = {**lines[1], "escalation.p": "0.9000"}
    forged["hash"] = hash_of(forged)
    text = three.read_text()
    text = text.replace(",".join(lines[1].values()), ",".join(forged.values()))
    three.write_text(text)
    with pytest.raises(FileProblems, match="line 3 is not chained"):
        read(three)


def test_a_cut_off_line_and_another_file_are_refused(three: Path, tmp_path: Path) -> None:
    """Neither a half-written line nor another table passes as a ledger."""
    three.write_text(three.read_text().rstrip("\n"))
    with pytest.raises(FileProblems, match="cut off"):
        read(three)
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(FileProblems, match="not that of a ledger"):
        append(tmp_path / "x.csv", lambda _: [line("A")])


def test_writers_at_the_same_time_lose_no_line(tmp_path: Path) -> None:
    """Twenty at once: twenty lines, one chain."""
    path = tmp_path / "ledger.csv"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda k: append(path, lambda _: [line(f"N{k}")], CODES), range(20)))
    assert {x["id"] for x in read(path)} == {f"N{k}" for k in range(20)}


def row(**changes: str) -> Coming:
    """Return a decision of India's with other cells."""
    return Coming.model_validate({**ROW, **changes})


def check(rows: list[Coming], lines: list[dict[str, str]], **extra: Any) -> None:
    """Ask whether rows may be registered on 1 January 2026."""
    asked = registering.of_the_record(rows)
    found = registering.refusals(asked, lines, ASKED, today=NOON.date(), **extra)
    if found:
        raise FileProblems("rows.csv", [text for each in found.values() for text in each])


def test_what_may_not_be_registered() -> None:
    """A day that has come, an outcome that is given, the same once more, another of the id."""
    coming = row()
    check([coming], [])
    with pytest.raises(FileProblems, match="--after-the-fact"):
        check([row(date="2026-01-01")], [])
    check([row(date="2026-01-01")], [], after_the_fact=True)
    with pytest.raises(FileProblems, match="its outcome is given"):
        check([row(date="2026-03-01", outcome="deal")], [])
    there = {**line("A", dispute="India-US", question="26% on India"), "line": "1"}
    with pytest.raises(FileProblems, match="line 1 has it"):
        check([coming], [there])
    check([coming], [there], again=True)
    check([coming], [{**there, "seed": "2"}])
    with pytest.raises(FileProblems, match="another decision of this id"):
        check([row(date="2026-04-01")], [there])


def test_an_outcome_is_a_line_of_its_own(three: Path) -> None:
    """It needs a known id, a code, a day that has come and a source, and comes once."""
    later = NOON + dt.timedelta(100)

    def resolve(
        name: str = "A", outcome: str = "escalation", on: str = "2026-03-01", source: str = "x"
    ) -> None:
        append(
            three,
            lambda lines: [registering.resolution(lines, name, outcome, on, source, later)],
        )

    for wrong in (
        {"name": "Z"}, {"outcome": "peace"}, {"on": "soon"}, {"on": "2027-01-01"}, {"source": " "},
    ):  # fmt: skip
        with pytest.raises(InputError):
            resolve(**wrong)
    assert len(read(three)) == 3
    resolve()
    assert (read(three)[3]["kind"], read(three)[3]["outcome"]) == ("resolve", "escalation")
    with pytest.raises(InputError, match="no line is changed"):
        resolve()


def end(name: str, outcome: str, on: str = "2026-03-01") -> dict[str, str]:
    """Return the line of an outcome."""
    return {**line(name), "kind": "resolve", "outcome": outcome, "on": on}


def numbered(*lines: dict[str, str]) -> list[dict[str, str]]:
    """Return lines with their numbers."""
    return [{**x, "line": str(k)} for k, x in enumerate(lines, 1)]


def test_scores_by_hand() -> None:
    """0.1, 0.2, 0.3, 0.4 and a deal: Brier .01 + .04 + .09 + .36 = .50, log -ln .4, ranked
    (.01 + .09 + .36) / 3; a quarter on each: .75, ln 4, (1 + 4 + 9) / 16 / 3.
    """
    found = ledger_scores.score(numbered(line("A"), end("A", CODES[3]), line("B")))
    part = found["before"]
    told = [part["model"][kind]["value"] for kind in ("brier", "log", "ranked")]
    assert told == pytest.approx([0.5, -math.log(0.4), 0.46 / 3])
    told = [part["base_rates"][kind]["value"] for kind in ("brier", "log", "ranked")]
    assert told == pytest.approx([0.75, math.log(4), 14 / 48])
    assert part["better"]["brier"]["value"] == pytest.approx(0.25)
    assert part["model"]["brier"]["low"] is None and part["disputes"] == 1
    assert found["waiting"] == ["B"] and found["after_the_fact"] is None


def test_three_disputes_have_an_interval() -> None:
    """Brier .5, .7 and 1.1: mean .7667, standard error .1764, Student's quantile for 2: 4.303."""
    pairs = [("A", CODES[3]), ("B", CODES[2]), ("C", CODES[0])]
    lines = [x for name, code in pairs for x in (line(name), end(name, code))]
    better = ledger_scores.score(numbered(*lines))["before"]["better"]["brier"]
    assert better["value"] == pytest.approx(0.75 - 2.3 / 3)
    assert better["high"] - better["value"] == pytest.approx(4.3027 * 0.17638, rel=1e-3)
    assert ledger_scores.score(numbered(*lines[:4]))["before"]["better"]["brier"]["low"] is None


def test_the_last_before_the_day_counts_and_the_rest_apart() -> None:
    """Two before and one on the day: the second is scored, and the third apart."""
    told = ("2026-01-01T00:00:00+00:00", "2026-02-28T23:59:59+00:00", "2026-03-01T00:00:00+00:00")
    lines = numbered(*(line("A", registered=x) for x in told), end("A", CODES[3]))
    found = ledger_scores.score(lines)
    assert (found["before"]["lines"], found["before"]["of_several"]) == ([2], ["A"])
    assert found["after_the_fact"]["lines"] == [3]
    early = [*lines[:3], {**lines[3], "on": "2026-02-01"}]  # the outcome came before its day
    assert ledger_scores.score(early)["before"]["lines"] == [1]


def test_a_commit_is_known_or_said_to_be_unknown(tmp_path: Path) -> None:
    """Outside a checkout nothing is made up."""
    assert registering.commit_of(tmp_path) == "unknown"


@pytest.mark.parametrize("name", ["ledger.csv", "ledger-four-outcomes.csv"])
def test_the_shipped_ledger_fits(name: str) -> None:
    """The ledgers of this repository: chains, forecasts marked as after the fact, no outcome."""
    path = Path(__file__).parents[2] / "results" / name
    lines = read(path)
    assert [x["kind"] for x in lines[:2]] == ["forecast", "forecast"]
    for x in lines:
        if x["kind"] == "forecast":
            assert sum(float(x[f"{code}.p"]) for code in codes_of(x)) == pytest.approx(1)
            assert (x["registered"][:10] >= x["date"]) == (x["after_the_fact"] == "yes")
    assert json.dumps(lines)
