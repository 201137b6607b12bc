"""Files of episodes: what is tolerated, and what is refused in one sentence each."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from published import Published, published

from negotiation.errors import FileProblems, MissingFile
from negotiation.hindcast import reading
from negotiation.hindcast.episodes import Coded, main_set
from negotiation.hindcast.reading import coded_rows, shipped
from negotiation.hindcast.table import read_rows

from .conftest import ROW, as_csv

SHARED = ("date", "us_avg_before", "cn_avg_before", "deadline_binding", "leaders_meeting",
          "rare_earth_or_tech", "purchases_in_play", "outcome", "alternative_code")  # fmt: skip
MARKS = {"article", "retrieved", "memory", "derived", "computed", "guess"}


def raw() -> list[dict[str, str]]:
    """The shipped table as text."""
    path = Path(reading.__file__).parent / "data" / "episodes.csv"
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_shipped_rows_are_the_reference(recorded: Path) -> None:
    """Every covariate and outcome of the shipped table is the reference's, row by row."""
    reference = list(csv.DictReader((recorded / "episodes.csv").read_text("utf-8").splitlines()))
    for ours, theirs in zip(raw(), reference, strict=True):
        assert {k: ours[k] for k in SHARED} == {k: theirs[k] for k in SHARED}, ours["id"]


def test_the_reference_file_itself_is_read(recorded: Path) -> None:
    """A file in the reference's format, without the coded extras, is a file of episodes."""
    rows = reading.load(recorded / "episodes.csv")
    assert [c.episode.id for c in rows] == [c.episode.id for c in shipped()]
    assert all(c.episode.us_stake is None and c.episode.truce is None for c in rows)


def test_every_coded_number_has_mark_and_source() -> None:
    """What we coded beyond the sources says so: a known mark, and where it comes from."""
    for row in raw():
        assert row["stake_mark"] in MARKS and len(row["stake_source"]) > 10, row["id"]
        assert row["mark"] and row["sources"], row["id"]


def test_the_main_set() -> None:
    """Twenty rows were scheduled in advance and precede Stockholm; Stockholm is not among them."""
    main = main_set(shipped())
    assert len(main) == 20
    assert "E24" not in [c.episode.id for c in main]


@pytest.mark.parametrize(
    ("blank", "expected"),
    [
        ("us_avg_before", 3.1),
        ("leaders_meeting", "none"),
        ("deadline_binding", "none"),
        ("purchases_in_play", False),
    ],
)
def test_a_blank_is_a_default(read: Callable[..., Coded], blank: str, expected: Any) -> None:
    """A blank cell is read as the documented default."""
    field = {"us_avg_before": "us_average", "leaders_meeting": "leaders",
             "deadline_binding": "binding", "purchases_in_play": "purchases"}[blank]  # fmt: skip
    assert getattr(read(**{blank: ""}).episode, field) == expected


def test_unknown_columns_and_marks_of_order_are_tolerated(written: Callable[..., bytes]) -> None:
    """Extra columns, a byte-order mark, blank lines and Windows line ends change nothing."""
    plain = coded_rows(written(), "x.csv")
    extra = written(mood="gloomy", role="test").replace(b"\n", b"\r\n\r\n")
    assert coded_rows(b"\xef\xbb\xbf" + extra, "x.csv") == plain


@pytest.mark.parametrize("text", ["2019-03", "2019-03-01", ""])
def test_a_deadline_may_be_a_month_or_blank(read: Callable[..., Coded], text: str) -> None:
    """A deadline is a day, a month or not known."""
    read(deadline_date=text)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"date": "24/02/2019"}, "line 2, date: '24/02/2019' is no day; expected a day such as"),
        ({"date": ""}, "line 2, date: it is blank"),
        ({"id": ""}, "line 2, id: it is blank"),
        ({"us_avg_before": "-3"}, "line 2, us_avg_before: '-3' is out of range"),
        ({"cn_avg_before": "nan"}, "line 2, cn_avg_before: 'nan' is no number"),
        ({"cn_avg_before": "12,5"}, "line 2, cn_avg_before: '12,5' is no number; allowed: percent"),
        ({"cn_avg_before": "1e9"}, "line 2, cn_avg_before: '1e9' is out of range"),
        ({"date": "20190224"}, "line 2, date: '20190224' is no day"),
        ({"date": "2019-W08-7"}, "line 2, date: '2019-W08-7' is no day"),
        ({"date": "2019-02-30"}, "line 2, date: '2019-02-30' is no day"),
        ({"deadline_date": "2019-3"}, "line 2, deadline_date: '2019-3' is no day"),
        ({"date": "1066-10-14"}, "line 2, date: 1066-10-14 is not between"),
        ({"deadline_binding": "hrd"}, "'hrd' is not allowed; allowed: hard, soft, none or blank."
                                      " Did you mean 'hard'?"),
        ({"leaders_meeting": "holding"}, "line 2, leaders_meeting: 'holding' is not allowed"),
        ({"outcome": "truce"}, "or blank. Did you mean 'truce_or_extension'?"),
        ({"outcome": "Escalation"}, "or blank. Did you mean 'escalation'?"),
        ({"purchases_in_play": "2"}, "line 2, purchases_in_play: '2' is not allowed"),
        ({"us_points_at_stake": "many"}, "line 2, us_points_at_stake: 'many' is no number"),
    ],
)  # fmt: skip
def test_each_mistake_is_a_sentence(
    written: Callable[..., bytes], changes: dict[str, str], sentence: str
) -> None:
    """Each mistake is one sentence that says where it is and what is allowed."""
    with pytest.raises(FileProblems) as caught:
        coded_rows(written(**changes), "x.csv")
    assert len(caught.value.problems) == 1
    assert sentence in caught.value.problems[0]


def test_all_mistakes_at_once() -> None:
    """A file with several mistakes is told all of them in one go."""
    rows = [
        ROW,
        {**ROW, "date": "soon"},
        {**ROW, "id": "B", "outcome": "peace", "us_avg_before": "-1"},
    ]
    with pytest.raises(FileProblems) as caught:
        coded_rows(as_csv(rows), "x.csv")
    told = "\n".join(caught.value.problems)
    assert len(caught.value.problems) == 4
    for part in (
        "line 3, id: 'A' stands on line 2",
        "line 3, date",
        "line 4, outcome",
        "line 4, us",
    ):
        assert part in told


def test_missing_columns_are_named() -> None:
    """A column that is not there is named, with the one that was probably meant."""
    row = {("us_average_before" if k == "us_avg_before" else k): v for k, v in ROW.items()}
    with pytest.raises(FileProblems) as caught:
        coded_rows(as_csv([row]), "x.csv")
    assert caught.value.problems[0].startswith("column 'us_avg_before' is missing; required: id,")
    assert "'us_average_before'?" in caught.value.problems[0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "it is empty"),
        (b"\n \n", "it is empty"),
        (as_csv([ROW]).splitlines()[0], "no episode below"),
        ("id,date\nÜ,2019-01-01".encode("latin-1"), "not text (UTF-8)"),
        (as_csv([ROW]).decode().encode("utf-16"), "not text"),
        (as_csv([ROW]).replace(b"A,", b"A,B,C,", 1), "cells under"),
        (b"id,id\na,b", "column 'id' is there twice"),
        (as_csv([ROW]).replace(b",", b";"), "cells are separated by semicolons"),
        (as_csv([ROW]).replace(b",", b"\t"), "cells are separated by tabs"),
        (as_csv([ROW, {**ROW, "id": '"B'}]).replace(b'"""B"', b'"B'), "mark is not closed"),
        (b"mood,mood\ngloomy,rain", "its first line names none of the columns required: id,"),
        (b"id,date\nA,2019-03-01", "columns 'us_avg_before', 'cn_avg_before', "),
    ],
)
def test_files_that_are_none(content: bytes, sentence: str) -> None:
    """What is no table of episodes is refused in one sentence."""
    with pytest.raises(FileProblems) as caught:
        coded_rows(content, "x.csv")
    assert sentence in caught.value.problems[0]
    assert len(caught.value.problems) == (2 if b"id,id" in content else 1)


def test_a_folder_stands_for_its_episodes(tmp_path: Path, written: Callable[..., bytes]) -> None:
    """A folder is read as its episodes.csv; where there is none the sentence names the file."""
    (tmp_path / "episodes.csv").write_bytes(written())
    assert reading.load(tmp_path)[0].episode.id == "A"
    with pytest.raises(MissingFile, match=r"nowhere\.csv: there is no such file"):
        reading.load(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"probability": "1.5"}, "line 2, probability: '1.5' is out of range; allowed: a prob"),
        ({"probability": "likely"}, "line 2, probability: 'likely' is no number"),
        ({"probability": ""}, "line 2, probability: it is blank; expected a probability"),
        ({"codes": "truce"}, "line 2, codes: 'truce' is not allowed; allowed: escalation, "),
    ],
)
def test_published_forecasts_are_held_to_their_columns_too(
    change: dict[str, str], sentence: str
) -> None:
    """A published probability that is none, or of no code, is refused in the same words."""
    row = published()[0].model_dump() | {"codes": "truce_or_extension|escalation"}
    assert read_rows(Published, as_csv([row]), "x.csv")[0].codes[1] == "escalation"
    with pytest.raises(FileProblems) as caught:
        read_rows(Published, as_csv([row | change]), "x.csv")
    assert len(caught.value.problems) == 1 and sentence in caught.value.problems[0]
