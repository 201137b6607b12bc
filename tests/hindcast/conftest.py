"""Decisions as people write them: rows in the columns of the record."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

ROW = {
    "id": "A",
    "date": "2026-03-01",
    "what": "26% on India",
    "sender": "US",
    "target": "India",
    "binding": "hard",
    "regime_before": "calm",
    "us_tariff_before": "10",
    "us_tariff_threatened": "26",
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
