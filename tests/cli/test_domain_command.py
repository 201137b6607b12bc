"""``negotiation domain``: a bargaining problem in the GENIUS format."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from negotiation.interop.domain import DiscreteIssue, Domain, Profile
from negotiation.interop.evaluators import Ratings
from negotiation.interop.genius import analyse, table, write_problem


@pytest.fixture
def problem(tmp_path: Path) -> list[str]:
    """The paths of a pie in three slices, which the two parties value alike."""
    domain = Domain("pie", (DiscreteIssue(1, "share", ("0", "1/2", "1")),))
    first = Profile((1.0,), (Ratings((0.0, 1.0, 2.0)),))
    second = Profile((1.0,), (Ratings((2.0, 1.0, 0.0)),))
    return [str(path) for path in write_problem(tmp_path / "pie", domain, (first, second))]


def test_json_is_the_analysis(negotiation: Callable[..., Result], problem: list[str]) -> None:
    """With --json the command prints what the library finds: Nash's half of the pie."""
    data = json.loads(negotiation("domain", *problem, "--json").stdout)
    assert data == json.loads(json.dumps(analyse(*problem)))
    assert data["nash"] == [[0.5, 0.5]]


def test_text_is_the_table(negotiation: Callable[..., Result], problem: list[str]) -> None:
    """Without it, the same as a table."""
    assert negotiation("domain", *problem).stdout == f"{table(analyse(*problem))}\n"
