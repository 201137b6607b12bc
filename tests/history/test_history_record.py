"""The record of past disputes is whole, says where it comes from, and is read without mercy."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from negotiation.analysis.past_penalties import past_penalties
from negotiation.analysis.penalty_spells import still_in_force
from negotiation.errors import FileProblems, InputError, MissingFile
from negotiation.history import codes, reading
from negotiation.history.rows import Decision

DATA = resources.files("negotiation") / "history" / "data"
SINCE_2017 = [
    d for d in reading.shipped().decisions if d.date.year >= 2017 and d.sender == "US" and d.counted
]


def percents(rows: list[Decision], second: bool = False) -> list[int]:
    """The five outcomes in percent, in the order of the codes."""
    counts = Counter(row.read(second) for row in rows)
    return [round(100 * counts[code] / len(rows)) for code in codes.Outcome]


STRATA = {
    "all": (120, [23, 8, 30, 27, 12]),
    "hard": (64, [41, 8, 30, 22, 0]),
    "soft": (44, [5, 2, 32, 30, 32]),
    "no leaders": (35, [40, 9, 31, 20, 0]),
    "leaders": (13, [8, 8, 31, 54, 0]),
    "short notice": (11, [73, 0, 27, 0, 0]),
    "calm": (17, [47, 18, 35, 0, 0]),
    "truce": (29, [28, 3, 24, 45, 0]),
    "penalties": (18, [56, 6, 33, 6, 0]),
    "China": (26, [31, 8, 38, 15, 8]),
    "EU": (20, [25, 10, 40, 20, 5]),
    "Canada": (16, [38, 12, 19, 12, 19]),
    "Mexico": (16, [19, 12, 19, 38, 12]),
    "threat only": (9, [0, 0, 11, 22, 67]),
}


def stratum(name: str) -> list[Decision]:
    """The decisions of a line of the table of outcomes."""
    hard = [d for d in SINCE_2017 if d.binding == "hard"]
    ahead = [d for d in hard if d.known_ahead and d.talks_live]
    return {
        "all": SINCE_2017,
        "hard": hard,
        "soft": [d for d in SINCE_2017 if d.binding == "soft"],
        "no leaders": [d for d in ahead if d.leaders == "none"],
        "leaders": [d for d in ahead if d.leaders != "none"],
        "short notice": [d for d in hard if not d.known_ahead],
        "calm": [d for d in hard if d.regime_before == "calm"],
        "truce": [d for d in hard if d.regime_before == "truce_or_pause"],
        "penalties": [d for d in hard if d.regime_before == "penalties_in_force"],
        "threat only": [d for d in SINCE_2017 if d.instrument == "Threat only"],
    }.get(name) or [d for d in SINCE_2017 if d.target == name]


@pytest.mark.parametrize("name", STRATA)
def test_outcomes_by_stratum_are_those_published_with_the_data(name: str) -> None:
    """Shares of the five outcomes, US as sender since 2017, as the coder of the data gives them."""
    n, shares = STRATA[name]
    rows = stratum(name)
    assert len(rows) == n
    assert percents(rows) == pytest.approx(shares, abs=1)  # halves are rounded either way


def test_the_second_reading_moves_extensions_to_deals() -> None:
    """As the coder of the data gives it."""
    assert percents(SINCE_2017, second=True) == pytest.approx([26, 5, 25, 32, 12], abs=1)


def test_sizes_and_disputes() -> None:
    """202 decisions in 72 disputes; 37 of them since 2017, five with China; 46 read otherwise."""
    decisions = reading.shipped().decisions
    assert len(decisions) == 202 and len({d.cluster for d in decisions}) == 72
    assert len({d.cluster for d in SINCE_2017}) == 37
    assert len({d.cluster for d in SINCE_2017 if d.target == "China"}) == 5
    assert sum(d.second_reading is not None for d in decisions) == 46


def test_penalties_last_as_the_past_penalties_of_the_analysis_say() -> None:
    """The survival that pictures show (Kaplan-Meier) is that of the spells of the record."""
    spells = reading.shipped().spells
    for name, rows in (
        ("all", list(spells)),
        ("us_china", [s for s in spells if "China" in (s.sender, s.target)]),
    ):
        past = past_penalties()[name]
        found = still_in_force([s.days for s in rows], [not s.censored for s in rows])
        assert len(rows) == past.spells
        for day, share in past.in_force.items():
            here = found.at(day)
            assert here is not None and here.p == pytest.approx(share, abs=0.0051)


def test_every_row_says_where_it_comes_from_and_no_path_of_a_repository() -> None:
    """A source each; none is a file of somebody's repository."""
    record = reading.shipped()
    assert all(
        row.sources for rows in (record.decisions, record.spells, record.deals) for row in rows
    )
    for name in reading.FILES:
        text = (DATA / name).read_text("utf-8")
        assert not any(word in text for word in ("shared/", "github:", "source article"))


def test_every_code_has_its_sentence() -> None:
    """No code without words that define it."""
    assert all(code.about for kind in codes.Code.__subclasses__() for code in kind)


HEAD = "id,date,sender,target,binding,regime_before,leaders,outcome,mutual,cluster,mark"
GOOD = "A,2025-08-11,US,China,hard,truce_or_pause,none,extended_or_paused,mutual,CN 2025,memory"


def test_problems_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    """Line, column, what stands there, what is allowed, what was probably meant."""
    bad = GOOD.replace("A,", "B,", 1).replace("hard", "hrad").replace("2025-08-11", "11/8/2025")
    (tmp_path / "mine.csv").write_text("\n".join([HEAD, GOOD, bad.replace("mutual", "mutal")]))
    with pytest.raises(FileProblems) as told:
        reading.load(tmp_path / "mine.csv")
    lines = told.value.problems
    assert [line.split(":")[0] for line in lines] == [
        "line 3, date", "line 3, binding", "line 3, mutual",
    ]  # fmt: skip
    assert "Did you mean 'hard'?" in lines[1] and "Did you mean 'mutual'?" in lines[2]


def test_own_rows_are_read(tmp_path: Path) -> None:
    """From a file, or a folder with whichever tables there are; days are counted if blank."""
    head, row = f"{HEAD},threat_date,deadline_date", f"{GOOD},2025-05-12,2025-08-12"
    (tmp_path / "decisions.csv").write_text(f"{head}\n{row}\n")
    for place in (tmp_path, tmp_path / "decisions.csv"):
        (mine,) = reading.load(place).decisions
        assert (mine.lead_days, mine.days_to_deadline, mine.known_ahead) == (92, 1, True)


def test_problems_of_all_files_of_a_folder_are_said(tmp_path: Path) -> None:
    """And a folder without any of them is refused."""
    with pytest.raises(MissingFile):
        reading.load(tmp_path)
    (tmp_path / "decisions.csv").write_text(f"{HEAD}\n{GOOD.replace('hard', 'firm')}\n")
    (tmp_path / "spells.csv").write_text(
        "id,sender,target,start,end,censored,days\nS,US,EU,2025-02-01,2025-01-01,0,x\n"
    )
    with pytest.raises(InputError) as told:
        reading.load(tmp_path)
    assert "binding: 'firm'" in str(told.value) and "days: 'x' is no number" in str(told.value)
