"""Episodes as people write them: rows of the documented columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from negotiation.hindcast.episodes import Coded
from negotiation.hindcast.reading import coded_rows

ROW = {
    "id": "A",
    "date": "2019-02-24",
    "us_avg_before": "12.0",
    "cn_avg_before": "16.5",
    "deadline_binding": "hard",
    "leaders_meeting": "mooted",
    "rare_earth_or_tech": "1",
    "purchases_in_play": "1",
}


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    """Return rows as the bytes of a CSV file."""
    stream = io.StringIO()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(stream, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


@pytest.fixture
def written() -> Callable[..., bytes]:
    """Return a function that writes one row, with changes, as CSV."""
    return lambda **changes: as_csv([{**ROW, **changes}])


@pytest.fixture
def read(written: Callable[..., bytes]) -> Callable[..., Coded]:
    """Return a function that reads one row, with changes, from CSV."""
    return lambda **changes: coded_rows(written(**changes), "x.csv")[0]
