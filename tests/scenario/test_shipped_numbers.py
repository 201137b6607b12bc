"""The numbers of the shipped scenarios: each with unit, mark and source; guesses named as such."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest

from negotiation.scenario import Scenario

STOCKHOLM = ("stockholm-2025", "stockholm-three-issues")
# Pure numbers: weights in a payoff, for which a unit would only say "none".
DIMENSIONLESS = re.compile(r"\.types\.(stance|resolve)\.\d$")


def given_numbers(name):
    """The numbers that the file states, with path; what it leaves out is neutral and off."""
    return [(path, q) for path, q in Scenario.load(name).numbers() if q.mark != "neutral"]


@pytest.mark.parametrize("name", STOCKHOLM)
def test_every_number_has_unit_mark_and_source(name):
    """No naked number: each says its unit, where it comes from and who says so."""
    numbers = given_numbers(name)
    assert len(numbers) > 60
    assert [path for path, q in numbers if not q.unit and not DIMENSIONLESS.search(path)] == []
    assert [path for path, q in numbers if not q.source or q.mark == "user"] == []


def test_the_pie_states_what_it_defines():
    """Split the pie has no number but definitions; its private types are switched off."""
    stated = [q for path, q in given_numbers("split-the-pie") if ".types." not in path]
    assert stated
    assert all(q.mark == "definition" and q.unit and q.source for q in stated)


@pytest.mark.parametrize("name", STOCKHOLM)
def test_what_nobody_knows_is_a_range_or_is_called_a_guess(name):
    """A number from memory has a range where it matters; one without is marked as a guess.

    Single values from memory are those whose error is a rounding beside the rest: output and
    the domestic share of exports. A guess without a range says so by its mark, and is listed
    among the certain numbers by ``negotiation scenario show``.
    """
    single = {path for path, q in given_numbers(name) if q.mark == "memory" and not q.uncertain}
    assert single <= {"rare_earths.us_gdp", "us.value_added", "china.value_added"}
    unknown = [q for _, q in given_numbers(name) if q.mark in ("guess", "memory")]
    assert sum(q.uncertain for q in unknown) >= 0.55 * len(unknown)


@pytest.mark.parametrize("name", STOCKHOLM)
def test_what_is_stated_as_fact_is_not_drawn(name):
    """What the articles state, or is a definition, is certain, unless stated as a range."""
    for path, q in given_numbers(name):
        if q.mark == "definition":
            assert not q.uncertain, path
        if q.mark == "article" and q.uncertain:
            assert re.search(r"\d\s*-\s*\d", q.source), path


@pytest.mark.parametrize("name", STOCKHOLM)
def test_the_central_value_lies_in_the_range(name):
    """Every uncertain number's centre lies within its range, the range within what is allowed."""
    for path, q in given_numbers(name):
        if q.uncertain:
            assert q.low <= q.value <= q.high, path


@pytest.mark.parametrize("name", STOCKHOLM)
def test_short_names_of_sources_are_listed(name):
    """A source that begins with a short name finds it in the file's list of sources."""
    scenario = Scenario.load(name)
    assert scenario.sources
    everything = {k for n in STOCKHOLM for k in Scenario.load(n).sources}
    for path, q in given_numbers(name):
        first = re.match(r"([a-z0-9_]+)\b", q.source)
        if first and first[1] in everything:
            assert first[1] in scenario.sources, path


@pytest.mark.parametrize("name", STOCKHOLM)
def test_bare_numbers_in_the_file_say_their_mark_in_a_comment(name):
    """Dates, priors and levels that are no tables carry their mark beside them."""
    text = (resources.files("negotiation") / "scenarios" / f"{name}.toml").read_text("utf-8")
    tomllib.loads(text)
    marks = "article|retrieved|memory|derived|computed|guess|definition"
    for line in text.splitlines():
        if re.match(
            r"(start|truce_expires|extension_days|summit_from|talks_every_days|stance_prior) ", line
        ):
            assert re.search(rf"#.*\b({marks})\b", line), line


def test_the_dates_are_the_articles_dates():
    """The round began on 28 July 2025; the truce ran out on 12 August; extensions last 90 days."""
    calendar = Scenario.load("stockholm-2025").calendar
    assert calendar.start.isoformat() == "2025-07-28"
    assert calendar.truce_expires.isoformat() == "2025-08-12"
    assert calendar.extension_days == 90
    assert (calendar.summit_from.month, calendar.summit_to.month) == (10, 11)
