"""What takes long says why, once, to whoever listens."""

from __future__ import annotations

import time

import pytest

from negotiation import patience

Heard = list[str]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Return what is said; a twentieth of a second is long."""
    said: Heard = []
    monkeypatch.setattr(patience, "AFTER", 0.05)
    monkeypatch.setattr(patience, "listeners", [lambda sentence, always: said.append(sentence)])
    monkeypatch.setattr(patience, "spent", {})
    return said


def work(seconds: float, sentence: str = "It takes long.") -> None:
    """Take some time over something."""
    with patience.explained(sentence):
        time.sleep(seconds)


def test_what_is_quick_says_nothing(heard: Heard) -> None:
    """Also later, when its time is over."""
    work(0.0)
    time.sleep(0.1)
    assert heard == []


def test_what_takes_long_says_so_once_and_while_it_lasts(heard: Heard) -> None:
    """Not afterwards, when nobody asks any more."""
    with patience.explained("It takes long."):
        time.sleep(0.15)
        assert heard == ["It takes long."]
    work(0.15)
    assert heard == ["It takes long."]


def test_many_short_ones_are_a_long_one(heard: Heard) -> None:
    """The rules are hundreds of functions; the time between them does not count."""
    for _ in range(4):
        work(0.03)
    assert heard == ["It takes long."]


def test_one_inside_the_other_counts_once(heard: Heard) -> None:
    """A function that is compiled compiles those that it calls."""
    with patience.explained("It takes long."):
        work(0.03)
    assert heard == [] and patience.spent["It takes long."] < 0.05


def test_nobody_listens(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Python nothing is said."""
    monkeypatch.setattr(patience, "listeners", [])
    work(0.1)
    assert heard == [] and not patience.spent
