"""The numbers on the first page are those of the model as it is.

The page shows 100,000 runs; here a few thousand others are played. A headline that has gone stale
falls outside their interval; one that has not does so with probability below 1 in 1000.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import binomtest

from negotiation.analysis.odds import odds
from negotiation.analysis.odds_result import Odds
from negotiation.cli.skill_text import interval
from negotiation.hindcast import record
from negotiation.scenario import Scenario
from negotiation.skill import past
from negotiation.skill.assessing import Gain, assess
from negotiation.skill.whole import BASE, MODEL
from negotiation.words.outcomes import headlines

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
WORDS = (ROOT / "docs" / "images" / "odds.txt").read_text("utf-8")
SCENARIO = Scenario.load("stockholm-2025")
BEGIN, END = "  <!-- score: begin -->\n", "  <!-- score: end -->\n"
LOGIT = "logit"
RUNS, WORLDS = 6000, 100
FALSE_ALARM = 1e-3 / 4
ENDS = 0.12  # the ends of a range over 100 worlds, against those over 256
HEADLINES = headlines(SCENARIO)


@pytest.fixture(scope="module")
def fresh() -> Odds:
    """Return odds from runs that the page does not show."""
    return odds(SCENARIO, runs=RUNS, seed=20250728, worlds=WORLDS)


def shown(statement: str) -> tuple[float, float, float]:
    """Return from the page the odds of a statement and the ends of their wide interval."""
    pattern = (
        rf"^{re.escape(statement)}: ([\d.]+)%\n"
        r"  (?:under )?([\d.]+)% to (?:over )?([\d.]+)% as the uncertain assumptions vary\n"
        r"  .*: sampling error of [\d,]+ runs, as precise as [\d,]+ counted ones$"
    )
    match = re.search(pattern, README, re.MULTILINE)
    assert match, f"the first page does not say: {statement}"
    p, low, high = (float(number) / 100 for number in match.groups())
    return p, low, high


@pytest.mark.parametrize("event", HEADLINES)
def test_a_headline_is_in_the_interval_of_fresh_runs(fresh: Odds, event: str) -> None:
    """The odds on the first page lie in the 99.975% interval of 6,000 other runs."""
    p = shown(HEADLINES[event])[0]
    hits = round(fresh.events[event].p * RUNS)
    interval = binomtest(hits, RUNS).proportion_ci(1 - FALSE_ALARM, method="wilson")
    assert interval.low <= p <= interval.high


@pytest.mark.parametrize("event", HEADLINES)
def test_what_nobody_knows_is_as_wide_as_shown(fresh: Odds, event: str) -> None:
    """The range over the unknown numbers is that of other draws of them, give or take chance."""
    _, low, high = shown(HEADLINES[event])
    assert (low, high) == pytest.approx(fresh.parameter_interval[event], abs=ENDS)


@pytest.mark.parametrize("event", HEADLINES)
def test_picture_and_page_say_the_same(event: str) -> None:
    """The words beside the picture hold the page's odds, so both come from the same runs."""
    p = shown(HEADLINES[event])[0]
    assert f"{100 * p:.1f}% (" in WORDS
    runs = re.search(r"^([\d,]+) simulated negotiations", README, re.MULTILINE)
    assert runs
    assert f"over {runs[1]} runs" in WORDS


@pytest.mark.parametrize("event", HEADLINES)
def test_page_and_findings_say_the_same(event: str) -> None:
    """The findings of the baseline agree, as far as either knows the odds and the wide ends."""
    p, low, high = shown(HEADLINES[event])
    found = (ROOT / "results" / "baseline" / "findings.md").read_text("utf-8")
    match = re.search(
        rf"{re.escape(HEADLINES[event])}: ([\d.]+)% .*\*\* As the uncertain assumptions vary: "
        r"(?:under )?(\d+)% to (?:over )?(\d+)%",
        found,
    )
    assert match
    assert float(match[1]) / 100 == pytest.approx(p, abs=0.0075)
    assert (float(match[2]), float(match[3])) == pytest.approx((100 * low, 100 * high), abs=4)


def test_the_summary_in_the_text_is_the_one_in_the_block() -> None:
    """Where the first page rounds a headline in a sentence, it rounds the number shown."""
    said = re.search(r"in about (\d+)% of the runs .* in about (\d+)%", README, re.DOTALL)
    assert said
    expected = [round(100 * shown(statement)[0]) for statement in HEADLINES.values()]
    assert [int(number) for number in said.groups()] == expected


def score() -> str:
    """Return what the first page says of the score: of all decisions, and of US and China alone."""
    return f"{of_the_record()}{of_two()}"


def of_two() -> str:
    """Return what the first page says of the decisions between the US and China."""
    rows = record.between("US-China")
    ids = [row.id for row in rows]
    among = past.taught(ids)
    everyone = past.forecasters(among, "dispute")
    two = {name: everyone[name] for name in (MODEL, BASE)}
    found = assess(among, two, asked=ids)
    again = past.forecasters(among, "dispute", second=True)
    by_second = assess(
        among, {name: again[name] for name in (MODEL, LOGIT)}, second=True, asked=ids
    )
    model, rates = (found.score(name) for name in two)
    return (
        f"  {len(rows)} decisions between the US and China (since {rows[0].date.year}, in "
        f"{found.disputes} disputes): {model.value:.2f}, base rates\n  {rates.value:.2f}, gain "
        f"{gained(found.gain(MODEL, BASE))}; read the other way, over a logit "
        f"{gained(by_second.gain(MODEL, LOGIT))}. The model was written\n  by people "
        "who knew how all these ended, and mended once for a misfit of the 120: "
        "[what it got wrong](docs/explanation/hindcast.md).\n"
    )


def gained(gain: Gain) -> str:
    """Return a gain in Brier's score, each dispute counted once, with its interval."""
    return interval(gain.over_disputes.to_dict())


def of_the_record() -> str:
    """Return what the first page says of decisions between the US and anybody."""
    sets = json.loads((ROOT / "results" / "skill" / "scores.json").read_text("utf-8"))
    left, again = (each["splits"]["dispute"] for each in sets[:2])
    published = sets[0]["published"]
    score = {name: each["brier"]["value"] for name, each in left["scores"].items()}

    def gain(name: str, part: dict[str, Any] = left, which: str = "model_better") -> str:
        return interval(part[which][name]["brier"]["over_disputes"])

    return (
        f"  {left['n']} decisions of the United States and any partner since 2017, each forecast "
        f"from other disputes alone: {score['model']:.2f}\n  (0.80 is a blind guess among five). "
        f"Gain over base rates, {score['base_rates']:.2f}: {gain('base_rates')}, each dispute "
        f"counted once; over\n  base rates by stratum, {score['by_stratum']:.2f}: "
        f"{gain('by_stratum')}; over a logit, {score['logit']:.2f}: {gain('logit')}; over boosted "
        f"trees,\n  {score['trees']:.2f}: {gain('trees')}. Without what was coded knowing the "
        "outcome the gain over base rates is\n  "
        f"{gain('model_known_before', which='better_than_base_rates')}; if disputed outcomes are "
        f"read the other way {gain('base_rates', again)},\n  over base rates by stratum "
        f"{gain('by_stratum', again)}, over a logit {gain('logit', again)}, over boosted trees\n  "
        f"{gain('trees', again)}. On {published['decisions']} decisions that published forecasts "
        f"answered they did better:\n  {published['scores']['published']:.2f} against "
        f"{published['scores']['model']:.2f} ([all of it](docs/explanation/skill.md)).\n"
    )


def test_the_score_on_the_first_page_is_that_of_the_calibration() -> None:
    """The skill, its interval and the small number behind it stand there as they were found."""
    assert README.split(BEGIN)[1].split(END)[0] == score()
