"""The page and the pictures of the scores, and what is said in prose about them."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import page
import pictures
import pytest
from published import beside

from negotiation.cli.hindcast_text import shipped_report
from negotiation.hindcast.learned import calibration

ROOT = Path(__file__).parents[2]
MISSES = tomllib.loads((ROOT / "experiments/hindcast/misses.toml").read_text("utf-8"))["miss"]
THEN = tomllib.loads((ROOT / "experiments/hindcast/published_then.toml").read_text("utf-8"))
PROSE = (ROOT / "docs" / "explanation" / "hindcast.md").read_text("utf-8")


def given(name: str, code: str | None = None) -> float:
    """What an episode's outcome, or another code, was given without itself."""
    entry = next(e for e in calibration()["episodes"] if e["id"] == name)
    return float(entry["leave_one_out"]["probabilities"][code or entry["outcome"]])


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page, with one headline and one miss."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    headline = {"words": "It ends well", "odds": "93%", "chance": "a to b", "ignorance": "c to d"}
    page.write_page(
        path,
        calibration(),
        headlines=[headline],
        published=beside(calibration()),
        then=[{**row, "model": 0.5} for row in THEN["statement"]],
        misses=[{**MISSES[0], "transcripts": [{"title": "A run", "text": "nothing <happens>"}]}],
        question="# Q\n\nWould it have known?\n",
        again="With seed 2 the same.",
    )
    return path.read_text("utf-8")


def test_stockholm_has_both_intervals_and_both_sides(html: str) -> None:
    """Both intervals of the odds, what was published before, and what happened."""
    for part in ("a to b sampling error of the runs", "c to d as the uncertain assumptions vary",
                 "hours before the deadline, the truce was extended to 10 November",
                 "Continuum Economics"):  # fmt: skip
        assert part in html
    assert all(row["date"] < "2025-07-30" and row["source"] for row in THEN["statement"])


def test_the_page_is_whole(html: str) -> None:
    """Sentences are apart, text is escaped, nothing is fetched; few decisions are named as few."""
    text = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<pre>.*?</pre>|<[^>]+>", "", html, flags=re.S)
    assert not re.search(r"[a-z%]\.[A-Z]", text)
    assert "nothing &lt;happens&gt;" in html
    assert not re.search(r'(src|href)="(?!#|data:)', html)
    assert "With seed 2 the same." in text
    assert "about as much as 7" in " ".join(text.split())


@pytest.mark.parametrize("name", ["skill", "reliability", "learned"])
def test_each_picture_says_how_few(name: str) -> None:
    """How many decisions, and what they are worth, stands in the picture itself."""
    ax = getattr(pictures, name)(calibration())
    title = ax.get_title(loc="left") or ax.get_title()
    assert "20 decisions" in title and "about 7" in title
    assert "20" in ax.alt_text


def test_the_committed_results_are_of_the_shipped_calibration() -> None:
    """Findings and table hold the shipped forecasts and scores; stale ones are made anew by
    experiments/hindcast/figures.py.
    """
    folder, found = ROOT / "results" / "hindcast", calibration()
    assert shipped_report(found) in (folder / "findings.md").read_text("utf-8")
    with (folder / "summary.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row, entry in zip(rows, found["episodes"], strict=True):
        assert (row["id"], row["outcome"]) == (entry["id"], entry["outcome"])
        for code, p in entry["leave_one_out"]["probabilities"].items():
            assert float(row[code]) == pytest.approx(p, abs=5e-5)
    assert rows[-1]["outcome"] == "truce_or_extension"


def test_the_worst_misses_are_the_ones_told() -> None:
    """The five decisions that were given least are among those told, on the page and in prose."""
    entries = sorted(calibration()["episodes"], key=lambda e: given(e["id"]))
    told = {miss["id"] for miss in MISSES} | {"E17"}  # told together with E02
    assert {e["id"] for e in entries[:5]} <= told
    assert "December 2021" in PROSE and "31 December 2021" in MISSES[2]["title"]


def test_what_is_said_of_the_misses_is_so() -> None:
    """Each "rather than" of the prose is how the probabilities lie."""
    assert given("E15", "truce_or_extension") > 2 * given("E15")
    assert given("E11", "truce_or_extension") > 0.5 > given("E11")
    assert given("E03", "truce_or_extension") > given("E03")
    assert given("E03", "lapse_or_no_deal") < 0.25
    for quiet in ("E02", "E17"):
        assert given(quiet, "truce_or_extension") > given(quiet)
    assert given("E01") < 0.1


def test_which_misses_are_in_the_main_set() -> None:
    """Prose says of one row told, 11 May 2017, that it was not scheduled, and of no other."""
    learned = {e["id"] for e in calibration()["learned_from"]}
    assert {m["id"] for m in MISSES} - learned == {"E01"}
    assert [m["id"] for m in MISSES if "not in the main set" in m["said"]] == ["E01"]
    assert PROSE.count("not scheduled in advance") == 1 and "not in the main set" not in PROSE


def test_the_four_doubts_are_so() -> None:
    """Twenty decisions in seven years worth seven; history taught little; the second-best reading
    gains less; a few dozen decisions would show half the gain.
    """
    found = calibration()
    loo, second = (found[x]["leave_one_out"] for x in ("scores", "alternative_scores"))
    assert (loo["n"], loo["years"], found["effective_episodes"]) == (20, 7, 7.0)
    assert "power 7/20" in PROSE and found["provenance"]["draws"] == 1024 and "1,024" in PROSE
    assert len(found["parameters"]) == 16 and "Sixteen numbers" in PROSE
    prior = found["scores"]["prior_predictive"]["model"]["brier"]["value"]
    assert abs(prior - loo["model"]["brier"]["value"]) < 0.05
    assert max(e["contraction"] for e in found["parameters"].values()) < 0.2
    gains = [s["base_rates"]["better"]["brier"]["value"] for s in (loo, second)]
    assert gains[0] > gains[1]
    count = int(re.search(r"about (\d+) decisions", page.needed(found).replace("\n", " "))[1])  # type: ignore[index]
    assert 18 <= count <= 60
