"""What the readers of GENIUS files take from a file, and what they make of it."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.interop.domain import DiscreteIssue, IntegerIssue, RealIssue, utilities
from negotiation.interop.evaluators import Constant, Linear, Ratings, Triangular
from negotiation.interop.genius_reader import read_domain, read_profile

REAL_DOMAIN = """<negotiation_template><utility_space><objective index="0" name="o">
<issue index="3" name="Price" type="real"><range lowerbound="10.0" upperbound="30.0"/></issue>
</objective></utility_space></negotiation_template>"""
REAL_PROFILE = """<utility_space><objective index="0" name="o">
<issue index="3" type="real"><range lowerbound="10.0" upperbound="30"/>{}</issue>
<weight index="3" value="1"/></objective></utility_space>"""


def test_domain(texts, problem):
    """Issues keep their index, name and values, in the file's order."""
    domain = read_domain(problem(texts)[0])
    assert domain.name == "holiday"
    assert domain.issues == (
        DiscreteIssue(1, "Place", ("sea", "hills")),
        IntegerIssue(2, "Days", 2, 4),
    )
    assert domain.outcomes == 6
    assert [domain.outcome(k) for k in (0, 2, 3)] == [("sea", 2), ("sea", 4), ("hills", 2)]


def test_utilities_by_hand(texts, problem):
    """Ratings are divided by the largest, integers count from the lower bound, and weights and
    items are found by index and by text whatever their order in the file.
    """
    paths = problem(texts)
    domain = read_domain(paths[0])
    first, second = (read_profile(path, domain) for path in paths[1:])
    assert np.allclose(
        utilities(domain, first), [0.75, 0.875, 1.0, 0.1875, 0.3125, 0.4375], atol=1e-15
    )
    assert np.allclose(utilities(domain, second), [0.75, 0.5, 0.25, 1.0, 0.75, 0.5], atol=1e-15)
    assert (first.reservation, first.discount) == (0.2, 0.5)
    assert (second.reservation, second.discount) == (0.6, 1.0)


def test_weights_are_not_rescaled(texts, problem):
    """Weights that sum to more than 1 are cut off at utility 1, those that sum to less stay."""
    texts["profile1.xml"] = texts["profile1.xml"].replace('"0.25"', '"0.5"')
    texts["profile2.xml"] = texts["profile2.xml"].replace('"1" value="0.5"', '"1" value="0.25"')
    paths = problem(texts)
    domain = read_domain(paths[0])
    first, second = (utilities(domain, read_profile(path, domain)) for path in paths[1:])
    assert np.allclose(first, [0.75, 1.0, 1.0, 0.1875, 0.4375, 0.6875], atol=1e-15)
    assert np.isclose(second.max(), 0.75, atol=1e-15)


@pytest.mark.parametrize(
    ("evaluator", "expected"),
    [
        ('ftype="linear" parameter1="0.05" parameter0="-0.5"', Linear(0.05, -0.5)),
        ('ftype="constant" parameter0="0.4"', Constant(0.4)),
        (
            'ftype="Triangular" parameter0="10" parameter1="30" parameter2="20"',
            Triangular(10, 30, 20),
        ),
    ],
)
def test_real_issue(problem, evaluator, expected):
    """A real issue is not shifted by its lower bound; its range may be a child element."""
    paths = problem(
        {"d.xml": REAL_DOMAIN, "p.xml": REAL_PROFILE.format(f"<evaluator {evaluator}/>")}
    )
    domain = read_domain(paths[0])
    assert domain.issues == (RealIssue(3, "Price", 10.0, 30.0),)
    assert read_profile(paths[1], domain).evaluators == (expected,)


def test_real_issue_is_enumerated_at_21_levels(problem):
    """A linear evaluator from 0 at 10 to 1 at 30 is worth k/20 at the k-th of 21 levels."""
    evaluator = '<evaluator ftype="linear" parameter1="0.05" parameter0="-0.5"/>'
    paths = problem({"d.xml": REAL_DOMAIN, "p.xml": REAL_PROFILE.format(evaluator)})
    domain = read_domain(paths[0])
    assert domain.outcomes == 21
    expected = np.arange(21) / 20
    assert np.allclose(utilities(domain, read_profile(paths[1], domain)), expected, atol=1e-12)


def test_triangular_closed_form():
    """A triangle from 0 at 10 over 1 at 15 to 0 at 30."""
    worth = Triangular(lower=10, upper=30, top=15).worth(np.array([9.0, 10, 12.5, 15, 22.5, 30]))
    assert worth.tolist() == [0.0, 0.0, 0.5, 1.0, 0.5, 0.0]


def test_ratings_of_nothing():
    """Where the largest rating is below 1e-5 GENIUS counts the issue as 0, without dividing."""
    assert Ratings((0.0, 9e-6)).worth(np.zeros(2)).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(("value", "said"), [("0", 0), ("1", 0), ("-0.5", 1), ("1.5", 1)])
def test_discount_outside_its_range_means_none(texts, problem, value, said):
    """A discount factor outside (0, 1] counts as 1, as in GENIUS; one sentence unless it is 0."""
    texts["profile1.xml"] = texts["profile1.xml"].replace(
        'discount_factor value="0.5"', f'discount_factor value="{value}"'
    )
    paths = problem(texts)
    profile = read_profile(paths[1], read_domain(paths[0]))
    assert profile.discount == 1.0
    assert len([x for x in profile.remarks if f"a discount factor of {value} is" in x]) == said


def test_encodings_and_line_ends(texts, problem, tmp_path):
    """A byte order mark, CRLF line ends and UTF-16 change nothing."""
    plain = read_domain(problem(texts)[0])
    text = texts["domain.xml"].replace("hills", "hïlls")
    crlf = text.replace("\n", "\r\n")
    declared = '<?xml version="1.0" encoding="{}"?>\n' + text
    files = {
        "bom.xml": b"\xef\xbb\xbf" + crlf.encode(),
        "utf16.xml": declared.format("UTF-16").encode("utf-16"),
        "latin1.xml": declared.format("ISO-8859-1").encode("latin-1"),
        "cp1252.xml": declared.format("windows-1252").encode("cp1252"),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        domain = read_domain(tmp_path / name)
        assert domain.issues[0] == DiscreteIssue(1, "Place", ("sea", "hïlls")), name
        assert domain.issues[1] == plain.issues[1], name


def test_nested_objectives(texts, problem):
    """Objectives group issues; the weight of an objective is not used, as in GENIUS."""
    expected = problem(texts)
    domain = read_domain(expected[0])
    plain = utilities(domain, read_profile(expected[1], domain))
    for name in ("domain.xml", "profile1.xml"):
        text = texts[name].replace('<issue index="2"', '<objective index="9">\n<issue index="2"')
        texts[name] = text.replace("</objective>", "</objective></objective>", 1)
    texts["profile1.xml"] = texts["profile1.xml"].replace(
        "<reservation", '<weight index="9" value="0.1"/><reservation'
    )
    paths = problem(texts)
    nested = read_domain(paths[0])
    assert nested == domain
    assert np.array_equal(utilities(nested, read_profile(paths[1], nested)), plain)


def test_type_may_be_missing(texts, problem):
    """An issue that does not say its type is discrete."""
    for name in ("domain.xml", "profile1.xml"):
        texts[name] = texts[name].replace(' type="discrete"', "")
    paths = problem(texts)
    domain = read_domain(paths[0])
    assert isinstance(domain.issues[0], DiscreteIssue)
    assert isinstance(read_profile(paths[1], domain).evaluators[0], Ratings)


def test_integer_range_as_child_and_index_from_two(problem):
    """Older files give an integer's bounds in a child and start the issues at index 2."""
    domain = """<negotiation_template><utility_space><objective index="1" name="car">
<issue index="2" name="Year" type="integer"><range lowerbound="-1" upperbound="1"/></issue>
</objective></utility_space></negotiation_template>"""
    profile = """<utility_space><objective index="1"><issue index="2" type="integer">
<range lowerbound="-1" upperbound="1"/><evaluator ftype="linear" slope="0.25" offset="0.5"/>
</issue><weight index="2" value="1"/></objective></utility_space>"""
    paths = problem({"d.xml": domain, "p.xml": profile})
    read = read_domain(paths[0])
    assert utilities(read, read_profile(paths[1], read)).tolist() == [0.5, 0.75, 1.0]


def test_a_profile_as_negmas_writes_it(problem):
    """Its utility space is of type "any", its objective shares an issue's index, ranges are left
    out, weights are closed by a tag of their own.
    """
    profile = """<utility_space type="any" number_of_issues="1">
<objective index="3" etype="objective" type="objective" description="" name="any">
<issue index="3" etype="real" type="real" vtype="real" name="Price">
<evaluator ftype="linear" parameter0="-0.5" parameter1="0.05"></evaluator></issue>
<weight index="3" value="0.4">
</weight></objective><discount_factor value="1.0" /><reservation value="0.1" /></utility_space>"""
    paths = problem({"d.xml": REAL_DOMAIN, "p.xml": profile})
    read = read_profile(paths[1], read_domain(paths[0]))
    assert (read.weights, read.evaluators) == ((0.4,), (Linear(0.05, -0.5),))
    assert (read.reservation, read.discount) == (0.1, 1.0)


def test_utilities_are_the_sum_over_issues():
    """The vectorised table equals the sum written out outcome by outcome."""
    from negotiation.interop.domain import Domain, Profile

    domain = Domain(
        "three",
        (
            DiscreteIssue(1, "a", ("x", "y", "z")),
            IntegerIssue(2, "b", -2, 3),
            RealIssue(3, "c", 0.0, 2.0),
        ),
    )
    parts = (Ratings((1.0, 5.0, 2.0)), Linear(0.2, 0.1, -2), Triangular(0.0, 2.0, 0.7))
    profile = Profile((0.5, 0.2, 0.4), parts)
    table = utilities(domain, profile)
    assert table.shape == (3 * 6 * 21,)
    for number in range(domain.outcomes):
        a, b, c = domain.outcome(number)
        rating = {"x": 0.2, "y": 1.0, "z": 0.4}[a]
        line = min(max(0.2 * (b + 2) + 0.1, 0.0), 1.0)
        peak = c / 0.7 if c < 0.7 else 1 - (c - 0.7) / 1.3 if c < 2 else 0.0
        assert table[number] == pytest.approx(min(1.0, 0.5 * rating + 0.2 * line + 0.4 * peak))
