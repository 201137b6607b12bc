"""The page of predictive checks says what ``results/hindcast/checks.json`` holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from negotiation.cli.record_text import SHORT
from negotiation.hindcast import history_checks, record
from negotiation.hindcast.disputes import FIVE
from negotiation.history.tables import main_set

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "checks.md"
BEGIN, END = "<!-- checks: begin -->\n", "<!-- checks: end -->\n"
FOUND: dict[str, Any] = json.loads((ROOT / "results/hindcast/checks.json").read_text("utf-8"))
DETAILS = (
    ("who pays for an extension at a hard date: nobody", "gave_way_hard_extended", "mutual", 100),
    ("days from a deal to its hard date, median", "days_before_deal", "median", 1),
    ("days of an extension, lower quartile", "length_of_extension", "q25", 1),
    ("days of an extension, median", "length_of_extension", "median", 1),
    ("days of an extension, upper quartile", "length_of_extension", "q75", 1),
    ("kinds of commitments in a delegations' deal", "issues_delegations", "mean", 1),
    ("kinds of commitments in a leaders' deal", "issues_leaders", "mean", 1),
)


def misfits(which: str, table: str = "outcomes") -> set[tuple[str, str]]:
    """Return the shares that lie outside, by stratum and code."""
    return {
        (of, code)
        for of, each in FOUND[table][which].items()
        for code, (seen, low, _, high) in each.items()
        if not low <= seen <= high
    }


def passage() -> str:
    """Return the tables of the page."""
    lines = []
    for which, title, table in (
        ("posterior", "With what was learned", "outcomes"),
        ("posterior", "By the second reading, with what was learned from it", "second_reading"),
        ("prior", "With the prior alone", "outcomes"),
    ):
        out, every = len(misfits(which, table)), sum(map(len, FOUND[table][which].values()))
        lines += [f"### {title}", "", f"{out} of {every} shares lie outside. Percent: history, and "
                  "in brackets the model's 95%.", "",
                  f"| | {' | '.join(SHORT)} |", f"|---|{'---|' * len(SHORT)}"]  # fmt: skip
        for of, each in FOUND[table][which].items():
            lines.append(f"| {of} | {' | '.join(map(beside, each.values()))} |")
        lines.append("")
    lines += [*regime_and_notice(), "", *survival(FOUND["survival"]), ""]
    lines += [
        "### Details",
        "",
        "| | the model | history | 95% over disputes |",
        "|---|---|---|---|",
    ]
    for title, table, name, scale in DETAILS:
        mine, (seen, low, high) = FOUND["details"][table][name], FOUND["history"][table][name]
        digits = 0 if scale > 1 or seen >= 10 else 1
        row = (f"{scale * x:.{digits}f}" for x in (mine, seen, low, high))
        model, told, *ends = row
        inside = low <= mine <= high
        lines.append(f"| {title} | {model if inside else f'**{model}**'} | {told} "
                     f"| {' to '.join(ends)} |")  # fmt: skip
    lines += ["", *learned(FOUND["learned"]), "", *ranks(FOUND["ranks"], FOUND["learned"])]
    return "\n".join(lines) + "\n"


def beside(check: list[float]) -> str:
    """Return a share of history with the model's 95%, in bold where it lies outside."""
    seen, low, _, high = check
    cell = f"{100 * seen:.0f} ({100 * low:.0f}-{100 * high:.0f})"
    return cell if low <= seen <= high else f"**{cell}**"


def regime_and_notice() -> list[str]:
    """Return the tables of hard dates by what was in force before and by notice."""
    found = FOUND["regime_and_notice"]
    lines = [
        "### Hard dates by what was in force before and by notice",
        "",
        f"With what was learned {len(misfits('posterior', 'regime_and_notice'))} of "
        f"{sum(map(len, found['posterior'].values()))} shares lie outside, with the prior alone "
        f"{len(misfits('prior', 'regime_and_notice'))}. Cells of fewer than five decisions are "
        "left out.",
    ]
    for which, title in (("posterior", "with what was learned"), ("prior", "the prior alone")):
        lines += ["", f"| {title} | n | {' | '.join(SHORT)} |", f"|---|---|{'---|' * len(SHORT)}"]
        for of, each in found[which].items():
            lines.append(f"| {of} | {FOUND['decisions'][of]} "
                         f"| {' | '.join(map(beside, each.values()))} |")  # fmt: skip
    return lines


def survival(found: dict[str, Any]) -> list[str]:
    """Return the table of how many penalties are still in force when."""
    days = list(found["checks"])
    every = (f"{100 * share:.0f}" for share in found["all"].values())
    return [
        "### How long penalties last", "",
        f"Percent of penalties still in force after so many days (Kaplan and Meier: a spell that "
        f"was still going on when the record stops counts for as long as it was seen). "
        f"{found['begun']} of the record's {found['spells']} spells begin with one of its "
        f"decisions; beside these stands the central 95% of histories that the model makes of the "
        "same decisions, each spell seen as long as the record's would have been, two years at "
        "most, learned from all disputes but its own.", "",
        f"| | {' | '.join(days)} |", f"|---|{'---|' * len(days)}",
        f"| begun with a decision | {' | '.join(map(beside, found['checks'].values()))} |",
        f"| all spells of the record | {' | '.join(every)} |",
    ]  # fmt: skip


UNCHECKED = (
    "Two things that the record is learned from with are not in these ranks. *No tempering*: "
    "decisions are made up as independent and",
    "each counts in full, where decisions of one dispute of the record count with a power below 1; "
    "whether that power is right no rank shows.",
    "*No runs*: outcomes are made up from the fits to the runs and learned from through the same "
    "fits, at draws among which the truth is, so an error of the",
    "fits shows in none of them; how good these are at draws that they were not fitted to stands "
    "in [hindcast](hindcast.md#what-is-learned-and-from-what).",
)


def ranks(found: dict[str, Any], about: dict[str, Any]) -> list[str]:
    """Return the histograms of where the truth lies in the posteriors of made-up records."""
    expected = found["sets"] / 10
    lines = [
        "### Ranks of the truth in made-up records", "",
        f"{found['sets']} records of all decisions were made up, each from one of "
        f"{found['draws']:,} draws: how each ended, who gave way and how long penalties lasted, "
        "with the chance that something outside decides. If nothing is wrong "
        f"each tenth holds {expected:.0f} ranks, give or take "
        f"{2 * (0.9 * expected) ** 0.5:.0f}; p is of Pearson's test of that, and one of twenty is "
        "below 0.05 by chance.", "",
        *UNCHECKED, "",
        "| | tenths of the posterior | p |", "|---|---|---|",
    ]  # fmt: skip
    for name, counts in found["counts"].items():
        meaning = about["parameters"][name]["meaning"]
        lines.append(f"| {meaning} | {' '.join(map(str, counts))} | {found['p'][name]:.2f} |")
    return lines


def learned(found: dict[str, Any]) -> list[str]:
    """Return the table of what the record teaches of each number."""
    lines = [
        "### What the record teaches of each number", "",
        f"{found['draws']:,} draws, worth {found['effective_draws']:.0f} of the posterior; a pair "
        f"of governments is like the others with chance {found['alike']:.2f}, an administration "
        f"like its pair with chance {found['within']:.2f}. Median and 90%, of what is common to "
        "all; the shift of the mean in standard deviations of the prior.", "",
        "| | before | after | narrower | shift |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for each in found["parameters"].values():
        before, after = (
            f"{middle:.2g} ({low:.2g} to {high:.2g})"
            for middle, low, high in (each["prior"], each["posterior"])
        )
        lines.append(f"| {each['meaning']} | {before} | {after} | {each['contraction']:+.0%} "
                     f"| {each['shift']:+.2f} |")  # fmt: skip
    return lines


def test_the_page_says_what_the_file_holds() -> None:
    """Write it anew with ``python tests/docs/regenerate.py``."""
    assert PAGE.read_text("utf-8").split(BEGIN)[1].split(END)[0] == passage()


def test_the_file_is_fresh() -> None:
    """The checks of outcomes come out the same."""
    played = record.shipped()
    fresh = history_checks.of_outcomes(played, main_set(played.rows))
    for of, each in FOUND["outcomes"]["posterior"].items():
        for code, told in each.items():
            assert list(fresh[of][code]) == pytest.approx(told, abs=1e-3)


def test_what_the_page_says_in_words() -> None:
    """Each sentence, as what it says of the numbers."""
    out = misfits("posterior")
    assert not [of for of, code in out if of.startswith("hard") and code == "penalty_in_full"]
    shares = FOUND["outcomes"]["posterior"]
    for before, over in (("calm", True), ("truce_or_pause", False)):
        assert (of := f"hard, before: {before}", "deal") in out
        seen, low, _, _ = shares[of]["deal"]
        assert (low > seen) == over
    assert ("soft date", "penalty_in_full") in out
    assert not [of for of, _ in out if of.startswith("target")]
    assert out < misfits("prior") and len(misfits("prior")) == len(out) + 1
    again = misfits("posterior", "second_reading")
    full = {of for of, code in again if code == "penalty_in_full" and of.startswith("hard")}
    assert full == {"hard date", "hard, before: calm"}
    assert ("soft date", "extended_or_paused") in misfits("prior", "second_reading")
    assert not [of for of, _ in again if of.startswith("target")]
    details, history = FOUND["details"], FOUND["history"]
    for table, name, fits in (
        ("gave_way_hard_extended", "mutual", True), ("days_before_deal", "median", True),
        ("issues_delegations", "mean", True), ("issues_leaders", "mean", False),
        ("length_of_extension", "q25", False),
    ):  # fmt: skip
        _, low, high = history[table][name]
        assert (low <= details[table][name] <= high) == fits
    assert len(set(details["length_of_extension"].values())) == 1


def test_what_the_page_says_of_notice_and_of_how_long_penalties_last() -> None:
    """One misfit among the cells; penalties last as long, the middle of a year above history."""
    short = ("penalties in force, under 7 days", "penalty_in_full")
    assert misfits("posterior", "regime_and_notice") == {short}
    seen, _, _, high = FOUND["regime_and_notice"]["posterior"][short[0]][short[1]]
    assert FOUND["decisions"][short[0]] == 7 and round(7 * seen) == 6 and high < seen
    assert len(FOUND["regime_and_notice"]["posterior"]) == 6
    checks = FOUND["survival"]["checks"]
    out = {day for day, (seen, low, _, high) in checks.items() if not low <= seen <= high}
    assert not out
    seen, low, middle, high = checks["365"]
    assert 0.45 < seen < 0.55 and 0.55 < middle < 0.65 and high - low > 0.5


def test_what_the_page_on_the_hindcast_says_of_single_numbers() -> None:
    """What the draws are worth, bought truces told as deals, three tenths for penalties."""
    found = FOUND["learned"]
    assert round(found["effective_draws"]) == 1_770
    assert round(found["parameters"]["told_as_deal"]["posterior"][0], 2) == 0.58
    assert all(abs(found["parameters"][x]["shift"]) < 0.15 for x in ("meant", "haste"))
    _, _, middle, _ = FOUND["outcomes"]["posterior"]["hard date"]["penalty_in_full"]
    assert 0.27 < middle < 0.33


def test_ranks_of_the_truth_are_uniform() -> None:
    """The smallest of 23 p-values is below 0.001 in 2% of cases where nothing is wrong."""
    found = FOUND["ranks"]
    assert set(found["p"]) == set(record.NAMES)
    assert all(sum(counts) == found["sets"] for counts in found["counts"].values())
    assert min(found["p"].values()) > 0.001


def test_a_made_up_record_lies_within_the_histories_of_its_own_model() -> None:
    """Outcomes drawn by the prior itself: misfits are few (some strata are parts of others)."""
    played = record.shipped()
    rng, rows = np.random.default_rng(4), list(played.rows)
    _, rates = played.posterior(())
    draw = int(rng.integers(len(played.values)))
    for k, row in enumerate(rows):
        p = played.mixed(k, rates)[draw]
        outcome = FIVE[int(rng.choice(len(FIVE), p=p / p.sum()))]
        rows[k] = row.model_copy(update={"outcome": outcome})
    made_up = record.Record(rows, played.values, played.shares)
    found = history_checks.of_outcomes(made_up, main_set(made_up.rows), learned=False)
    every = [check for each in found.values() for check in each.values()]
    assert sum(check.outside for check in every) <= 0.15 * len(every)
