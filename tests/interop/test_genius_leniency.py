"""What GENIUS reads though it is unusual: taken as GENIUS takes it, with a remark on it."""

from __future__ import annotations

import pytest

from negotiation.errors import InputError
from negotiation.interop.genius import analyse, table
from negotiation.interop.genius_reader import read_domain, read_profile


def remarks(texts, problem):
    """Return the remarks of the analysis, without the folder."""
    files = problem(texts)
    return [remark.replace(f"{files[0].parent}/", "") for remark in analyse(*files)["remarks"]]


def test_an_uncertain_profile_is_an_additive_one(texts, problem):
    """Its extra tags say how a user's view of the same utilities is sampled."""
    plain = analyse(*problem(texts))
    texts["profile1.xml"] = (
        texts["profile1.xml"]
        .replace("<utility_space>", '<utility_space type="UNCERTAIN">')
        .replace(
            "</utility_space>",
            "<comparisons>4</comparisons><errors>0</errors><elicitation_cost>0.01"
            "</elicitation_cost><fixed_seed>true</fixed_seed><experimental>false</experimental>"
            "</utility_space>",
        )
    )
    assert analyse(*problem(texts)) == plain


def test_negative_numbers_count_as_they_stand(texts, problem):
    """Hills at -2 of 8 are worth -1/4 of the weight of 3/4; a reservation of -1 is below all."""
    texts["profile1.xml"] = (
        texts["profile1.xml"]
        .replace('evaluation="2"', 'evaluation="-2"')
        .replace('reservation value="0.2"', 'reservation value="-1"')
    )
    found = analyse(*problem(texts))
    assert found["ranges"][0] == [-0.1875, 1.0]
    assert found["reservation"][0] == -1.0
    # (-3/16, 1) is efficient and acceptable, though nothing that Nash takes from (0, 0)
    assert found["pareto"][0] == [-0.1875, 1.0]
    assert found["nash"] == [[0.75, 0.75]]
    # from (-1, 0.6) it brings 0.8125 * 0.4, (3/4, 3/4) only 1.75 * 0.15
    assert found["nash_reservation"] == [[-0.1875, 1.0]]


@pytest.mark.parametrize(
    ("name", "line", "what"),
    [
        ("domain.xml", '<item index="2" value="hills"/>', "the item 'hills'"),
        ("profile1.xml", '<item index="2" value="hills" evaluation="2"/>', "the item 'hills'"),
        ("profile1.xml", '<weight index="2" value="0.25"/>', "the weight of issue 'Days'"),
        ("profile1.xml", '<reservation value="0.2"/>', "<reservation>"),
        ("profile2.xml", '<weight index="1" value="0.5"/>', "the weight of issue 'Place'"),
    ],
)
def test_a_line_written_twice_counts_once(texts, problem, name, line, what):
    """The answer is the same, and the remark names the second line."""
    plain = analyse(*problem(texts))
    assert texts[name].count(line) == 1
    number = texts[name][: texts[name].index(line)].count("\n") + 2
    texts[name] = texts[name].replace(line, f"{line}\n{line}")
    assert remarks(texts, problem) == [
        f"{name}, line {number}: {what} is written twice; taken once."
    ]
    assert analyse(*problem(texts)) | {"remarks": []} == plain


def test_an_issue_written_twice_counts_once(texts, problem):
    """Word for word; with another evaluation it is refused."""
    start = texts["profile1.xml"].index('<issue index="1"')
    end = texts["profile1.xml"].index('<issue index="2"')
    issue = texts["profile1.xml"][start:end]
    texts["profile1.xml"] = texts["profile1.xml"][:end] + issue + texts["profile1.xml"][end:]
    assert remarks(texts, problem) == [
        "profile1.xml, line 7: issue '1' is written twice; taken once."
    ]
    texts["profile1.xml"] = texts["profile1.xml"].replace('evaluation="2"', 'evaluation="3"', 1)
    files = problem(texts)
    with pytest.raises(InputError, match="index 1 is already taken by the issue in line 3"):
        read_profile(files[1], read_domain(files[0]))


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        ("0.75", ""),
        ("1.75", "the weights sum to 2, not to 1, so 3 of 6 outcomes are cut off at 1."),
        ("0.76", "the weights sum to 1.01, not to 1, so 1 of 6 outcomes is cut off at 1."),
        ("0.5", "the weights sum to 0.75, not to 1; no outcome is worth more than 0.75."),
        ("75", "the weights sum to 75.25, not to 1, so 6 of 6 outcomes are cut off at 1."),
    ],
)
def test_weights_that_do_not_sum_to_one(texts, problem, weight, said):
    """GENIUS takes them as they are and cuts sums off at 1: how many, by hand.

    With 1.75 the sea is worth 1.75 and more, the hills 7/16 to 11/16. An outcome worth just 1 is
    not cut off.
    """
    texts["profile1.xml"] = texts["profile1.xml"].replace('value="0.75"', f'value="{weight}"')
    expected = [f"party 1: {said}"] if said else []
    assert remarks(texts, problem) == expected
    assert all(line in table(analyse(*problem(texts))).splitlines() for line in expected)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("hills & woods", "'hills & woods'"),
        ("AT&T", "'AT&T'"),
        ("R&D; more", "'R&D; more'"),
        ("woods &", "'woods &'"),
        ("a &amp; b & c", "'a &amp; b & c'"),
    ],
)
def test_an_ampersand_that_stands_for_itself(texts, problem, value, text):
    """The refusal shows the text around it, in any encoding, and says what to write."""
    texts["domain.xml"] = texts["domain.xml"].replace('value="hills"', f'value="{value}"')
    path = problem(texts)[0]
    for encoding in ("utf-8", "utf-16"):
        path.write_bytes(path.read_text("utf-8").encode(encoding))
        with pytest.raises(InputError) as caught:
            read_domain(path)
        assert f"the & in {text} has to be written &amp;)." in str(caught.value)
        assert "line 6, in issue 'Place'" in str(caught.value)
        path.write_text(texts["domain.xml"], "utf-8")
