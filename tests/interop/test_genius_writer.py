"""What is written in the GENIUS format reads back as the same problem."""

from __future__ import annotations

import math
import sys
import tempfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.interop.domain import (
    DiscreteIssue,
    Domain,
    IntegerIssue,
    Profile,
    RealIssue,
    utilities,
)
from negotiation.interop.evaluators import Constant, Linear, Ratings, Triangular
from negotiation.interop.genius_reader import read_domain, read_profile
from negotiation.interop.genius_writer import domain_xml, profile_xml, write_problem

# Everything that XML can carry, so also quotes, ampersands, line ends and accents.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", exclude_categories=["Cc"])
    | st.sampled_from("\t\n\r<>&\"'"),
    min_size=1,
    max_size=8,
)
UNIT = st.floats(0.0, 1.0)
FINITE = st.floats(-1e6, 1e6)


@st.composite
def issues(draw: st.DrawFn, index: int):
    """One issue with an evaluator that fits it."""
    name = draw(TEXT)
    kind = draw(st.sampled_from(["discrete", "integer", "real"]))
    if kind == "discrete":
        values = tuple(draw(st.lists(TEXT, min_size=1, max_size=5, unique=True)))
        ratings = draw(st.lists(st.floats(0, 1e9), min_size=len(values), max_size=len(values)))
        return DiscreteIssue(index, name, values), Ratings(tuple(ratings))
    linear = st.builds(Linear, FINITE, FINITE)
    constant = st.builds(Constant, UNIT)
    if kind == "integer":
        lower = draw(st.integers(-1000, 1000))
        issue = IntegerIssue(index, name, lower, lower + draw(st.integers(0, 6)))
        shifted = st.builds(Linear, FINITE, FINITE, st.just(lower))
        return issue, draw(shifted | constant)
    low, top, high = sorted(draw(st.tuples(FINITE, FINITE, FINITE)))
    bounds = sorted(draw(st.tuples(FINITE, FINITE)))
    triangle = st.just(Triangular(low, high, top))
    return RealIssue(index, name, *bounds), draw(linear | constant | triangle)


@st.composite
def problems(draw: st.DrawFn):
    """A domain of one to three issues with a profile."""
    indices = draw(st.lists(st.integers(0, 99), min_size=1, max_size=3, unique=True))
    pairs = [draw(issues(index)) for index in indices]
    domain = Domain(draw(TEXT), tuple(issue for issue, _ in pairs))
    weights = tuple(draw(UNIT) for _ in pairs)
    discount = draw(st.floats(0.0, 1.0, exclude_min=True))
    profile = Profile(weights, tuple(part for _, part in pairs), draw(UNIT), discount)
    return domain, profile


@given(problems())
def test_round_trip(made):
    """Reading what was written gives the same domain, settings and utilities, to the last bit."""
    domain, profile = made
    with tempfile.TemporaryDirectory() as folder:
        paths = write_problem(folder, domain, (profile,))
        again = read_domain(paths[0])
        assert again == domain
        read = read_profile(paths[1], again)
    assert (read.weights, read.reservation, read.discount) == (
        profile.weights,
        profile.reservation,
        profile.discount,
    )
    assert np.array_equal(utilities(again, read), utilities(domain, profile))


@pytest.mark.parametrize(
    ("issue", "start"), [(IntegerIssue(1, "n", -3, 4), 0.0), (RealIssue(1, "x", -3, 4), -3.0)]
)
def test_start_of_a_line_moves_into_the_offset(tmp_path, issue, start):
    """A line that starts elsewhere than GENIUS counts from is written with another offset."""
    domain = Domain("d", (issue,))
    profile = Profile((1.0,), (Linear(0.125, 0.25, start),))
    paths = write_problem(tmp_path, domain, (profile,))
    read = read_profile(paths[1], read_domain(paths[0]))
    assert np.allclose(utilities(domain, read), utilities(domain, profile), atol=1e-12)


def test_files_are_utf8_with_line_feeds(tmp_path):
    """The files do not depend on the machine that wrote them."""
    domain = Domain("d", (DiscreteIssue(1, "thé", ("oui", "non")),))
    paths = write_problem(tmp_path / "new", domain, (Profile((1.0,), (Ratings((1.0, 2.0)),)),))
    content = paths[0].read_bytes()
    assert b"\r" not in content
    assert "thé" in content.decode("utf-8")


CANNOT = "which XML cannot carry"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\0b", r"DiscreteIssue: name = 'a\\x00b' is not allowed; expected text"),
        ("\x1b[31m", CANNOT), ("\ud800", CANNOT), ("\uffff", CANNOT),
    ],
)  # fmt: skip
def test_characters_that_xml_cannot_carry(tmp_path, text, told):
    """A name with such a character is refused before a file is written."""
    with pytest.raises(InputError, match=told):
        write_problem(tmp_path / "new", Domain("d", (DiscreteIssue(1, text, ("x",)),)), ())
    assert not (tmp_path / "new").exists()


def test_folder_that_cannot_be_made(tmp_path):
    """A file where the folder should be is said in one sentence."""
    (tmp_path / "taken").write_text("")
    domain = Domain("d", (DiscreteIssue(1, "a", ("x",)),))
    with pytest.raises(InputError, match="taken: cannot write there"):
        write_problem(tmp_path / "taken", domain, ())


def test_profile_must_fit():
    """A profile about other issues is refused."""
    domain = Domain("d", (DiscreteIssue(1, "a", ("x",)),))
    with pytest.raises(InputError, match="about 0 issues, the domain has 1"):
        profile_xml(domain, Profile((), ()))
    with pytest.raises(InputError, match="1 value and 2 ratings"):
        profile_xml(domain, Profile((1.0,), (Ratings((1.0, 2.0)),)))


def test_smallest_and_largest_numbers(tmp_path):
    """The extremes of a double survive."""
    tiny, huge = sys.float_info.min, sys.float_info.max
    domain = Domain("d", (DiscreteIssue(1, "a", ("x", "y")),))
    profile = Profile((tiny,), (Ratings((huge, math.nextafter(0, 1))),))
    paths = write_problem(tmp_path, domain, (profile,))
    assert read_profile(paths[1], domain) == profile
    assert "e+308" in domain_xml(domain) + profile_xml(domain, profile)
