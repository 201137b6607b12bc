"""Why leaders do not sign is told whatever was decided, also against every rule."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

import negotiation as ng
from negotiation.transcript import papers


@pytest.mark.parametrize(
    ("signs", "passes"),
    [pair for pair in product(product((False, True), repeat=2), repeat=2)],
)
def test_there_is_a_reason_for_any_text(
    monkeypatch: pytest.MonkeyPatch, signs: tuple[bool, bool], passes: tuple[bool, bool]
) -> None:
    """Who would not sign, or where it fails at home; else that it is left unsigned."""
    text = SimpleNamespace(detail={"signs": signs, "passes": passes})
    monkeypatch.setattr(papers, "text_of_the_day", lambda talks, event: text)
    talks: Any = SimpleNamespace(scenario=ng.Scenario.load("stockholm-2025"))
    event: Any = SimpleNamespace(detail={})
    why = papers.why_not(talks, event)
    assert why
    assert (why == "the text is left unsigned") == all(passes)
