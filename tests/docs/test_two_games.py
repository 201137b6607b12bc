"""The page that solves both games by hand: every number on it is what the package computes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from negotiation.analysis.first_day import first_day
from negotiation.scenario import Scenario
from negotiation.solvers.dispute_date import between
from negotiation.solvers.dispute_problem import CUT, FULL, PEAK, WEEKS
from negotiation.solvers.draft import draft, new_work
from negotiation.solvers.draft_objective import prepare, value
from negotiation.solvers.draft_problem import new_problem

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "two-games.md"
SIDES = ("us", "china")
CODE_AND_ADDRESSES = re.compile(r"`[^`\n]+`|\]\([^)]*\)")
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?%?")
TARIFF, PURCHASES = 0, 2  # of the scenario's three issues

# By heading, every number in the order of the page: its name in `numbers` and how it is shown, or
# what simply stands there.
SHOWN = {
    "The decision date": """
        ask_us_purchases:.2f ask_us_licences:.2f gain_us:.2f gain_china:.2f price_us:.2f
        price_china:.2f toll_us:.1f toll_china:.1f audience_us:.1f audience_china:.1f
        prior_us:.1f prior_china:.1f precision:.1f precision:.1f =1 noise:.1f precision:.1f
    """,
    "What no truce is worth": """
        =1 cost_us_1:.2f cost_china_1:.2f meet_1:.1% =4 cost_us_4:.2f cost_china_4:.2f
        meet_4:.1% =12 cost_us_12:.2f cost_china_12:.2f meet_12:.1% cut_us_12:.2f
        cut_china_12:.2f cut_meet_12:.1% peak:.0% peak_us_4:.2f peak_china_4:.2f
        peak_us_12:.2f peak_china_12:.2f no_us_us:.2f no_us_us_res:.2f no_us_china:.2f
        no_us_china_res:.2f no_china_us:.2f no_china_us_res:.2f no_china_china:.2f
        no_china_china_res:.2f
    """,
    "Who gives in": """
        minus_price_us:.2f audience_us:.2f yes_us:.2f no_us_us:.2f precision:.1f =1
        noise:.1f precision:.1f abs_us:.2f scale_us:.4f scale_us:.4f yes_us:.2f abs_us:.2f
        odds_us:.2f gives_us:.4f prior_us:.1f prior_us:.1f rest_us:.1f refuses_us:.4f
        learned_us:.3f no_us_us:.2f yes_china:.2f scale_china:.4f odds_china:.2f
        gives_china:.4f learned_china:.3f
    """,
    "Who asks": """
        rest_us:.1f no_china_us:.2f prior_us:.1f no_china_us_res:.2f mean_us:.2f
        rest_china:.1f gives_china:.4f wins_us:.3f wins_us:.3f gain_us:.2f loses_us:.3f
        mean_us:.2f toll_us:.1f asks_us:.2f wins_china:.3f gain_china:.2f loses_china:.3f
        mean_china:.2f toll_china:.1f asks_china:.2f asked_us:.2f asked_china:.2f
        word_us:.4f word_china:.4f word_us:.4f asks_us:.2f second_us:.3f word_china:.4f
        asks_china:.2f second_china:.3f word_us:.4f asks_us:.2f second_china:.3f
        asked_us:.2f first_us:.3f word_china:.4f asks_china:.2f second_us:.3f
        asked_china:.2f first_china:.3f
    """,
    "How it ends": """
        lot:.1f quiet_us:.3f accept_china:.3f lot:.1f quiet_china:.3f accept_us:.3f even:.1%
        asks_all_us:.1% china_pays:.1% asks_all_china:.1% us_pays:.1% none:.1% =90
        custom:.0% =180 double:.0%
    """,
    "The draft": """
        =20 =50 =0 reach_x:.2f =0 reach_y:.2f minus_us_x:.2f us_xx:.2f us_y:.2f china_x:.2f
        china_xx:.2f china_y:.2f china_yy:.2f room:.1f loss:.0f prize:.0f reservation:.0f
        offer_x:.2f offer_y:.2f =2 authority:.0f precision:.1f prize:.0f reservation:.0f
        double_authority:.0f notice:.2f threshold:.2f shock:.2f offer_x:.2f offer_y:.2f
        a_u_us:.2f a_u_china:.2f a_s_us:.3f a_s_china:.3f a_p_us:.3f a_p_china:.3f a_j:.3f
        draft_x:.3f draft_y:.3f b_u_us:.2f b_u_china:.2f b_s_us:.3f b_s_china:.3f b_p_us:.3f
        b_p_china:.3f b_j:.3f =0.50 =0.50 c_u_us:.2f c_u_china:.2f c_s_us:.3f c_s_china:.3f
        c_p_us:.3f c_p_china:.3f c_j:.3f reach_x:.2f reach_y:.2f d_u_us:.2f d_u_china:.2f
        d_s_us:.3f d_s_china:.3f d_p_us:.3f d_p_china:.3f d_j:.3f precision:.1f
        minus_us_x:.2f draft_x:.3f us_xx:.2f draft_x:.3f us_y:.2f draft_y:.3f draft_g_us:.2f
        draft_d_us:.2f draft_g_us:.2f prize:.0f reservation:.0f draft_d_us:.2f
        double_authority:.0f b_u_us:.2f precision:.1f b_u_us:.2f b_s_us:.3f b_s_us:.3f
        b_s_china:.3f b_p_us:.3f b_p_china:.3f survives:.1%
    """,
    "How the two know each other": """
        signed:.0% lost_us:.2f lost_china:.2f date_us:.2f date_china:.2f
    """,
}


def logistic(x: float) -> float:
    """Return 1 / (1 + exp(-x))."""
    return 1.0 / (1.0 + math.exp(-x))


def numbers() -> dict[str, float]:
    """Return every number of the page by name."""
    world, stakes, talks = first_day(Scenario.load("stockholm-three-issues"))
    return date_numbers(stakes) | draft_numbers(world, talks) | prospect_numbers(stakes)


def date_numbers(stakes: Any) -> dict[str, float]:
    """Return the first deadline step by step, by the formulas on the page."""
    dispute, terms, date = stakes["dispute"], stakes["terms"], stakes["date"]
    precision, noise = float(dispute["precision"][0]), float(dispute["noise"])
    n = {"precision": precision, "noise": noise, "lot": float(dispute["first"])}
    n["ask_us_purchases"], n["ask_us_licences"] = (float(dispute["asks"][0, k]) for k in (2, 1))
    n["peak"] = float(dispute["peak"])
    for s, side in enumerate(SIDES):
        n[f"prior_{side}"] = prior = float(dispute["prior"][s])
        n[f"rest_{side}"] = 1.0 - prior
        for name in ("gain", "price", "audience"):
            n[f"{name}_{side}"] = float(dispute[name][s])
        n[f"minus_price_{side}"] = -n[f"price_{side}"]
        n[f"toll_{side}"] = float(terms["toll"][s])
        n[f"gives_{side}"] = gives = float(date["gives"][s])
        n[f"learned_{side}"] = learned = prior / (prior + (1.0 - prior) * (1.0 - gives))
        n[f"refuses_{side}"] = 1.0 - gives
        lines = terms[f"about_{side}"][:, :, 0]
        for m, whose in enumerate(("us", "us_res", "china", "china_res")):
            n[f"no_{side}_{whose}"] = float(between(learned, prior, *map(float, lines[:, m])))
        for week, step in ((1, 0), (4, 3), (12, 11)):
            for rung, name in ((FULL, "cost"), (CUT, "cut"), (PEAK, "peak")):
                n[f"{name}_{side}_{week}"] = float(dispute["cost"][step, rung, s] / WEEKS[step])
            n[f"meet_{week}"] = float(dispute["meet"][step, FULL])
    n["cut_meet_12"] = float(dispute["meet"][11, CUT])
    for side, other in (SIDES, SIDES[::-1]):
        prior, rest = n[f"prior_{side}"], n[f"rest_{side}"]
        yes = n[f"yes_{side}"] = -n[f"price_{side}"] - n[f"audience_{side}"]
        none = n[f"no_{side}_{side}"]
        n[f"abs_{side}"] = abs(none)
        scale = n[f"scale_{side}"] = precision / (1.0 + noise * precision * abs(none))
        n[f"odds_{side}"] = scale * (yes - none)
        gives = logistic(n[f"odds_{side}"])
        n[f"asked_{side}"] = rest * (gives * yes + (1.0 - gives) * none)
        n[f"asked_{side}"] += prior * n[f"no_{side}_{side}_res"]
        wins = n[f"wins_{side}"] = n[f"rest_{other}"] * n[f"gives_{other}"]
        n[f"loses_{side}"] = 1.0 - wins
        mean = rest * n[f"no_{other}_{side}"] + prior * n[f"no_{other}_{side}_res"]
        n[f"mean_{side}"] = mean
        asks = wins * n[f"gain_{side}"] + (1.0 - wins) * mean - n[f"toll_{side}"]
        word = precision / (1.0 + noise * precision * abs(mean))
        n[f"asks_{side}"], n[f"word_{side}"] = asks, word
        n[f"second_{side}"] = logistic(word * asks)
    for side, other in (SIDES, SIDES[::-1]):
        threat = n[f"second_{other}"] * n[f"asked_{side}"]
        n[f"first_{side}"] = logistic(n[f"word_{side}"] * (n[f"asks_{side}"] - threat))
        n[f"quiet_{side}"] = 1.0 - n[f"first_{side}"]
        n[f"accept_{side}"] = 1.0 - n[f"second_{side}"]
    lot = n["lot"]
    n["even"] = lot * n["quiet_us"] * n["accept_china"]
    n["even"] += (1.0 - lot) * n["quiet_china"] * n["accept_us"]
    n["asks_all_us"] = lot * n["first_us"] + (1.0 - lot) * n["quiet_china"] * n["second_us"]
    n["asks_all_china"] = (1.0 - lot) * n["first_china"] + lot * n["quiet_us"] * n["second_china"]
    n["china_pays"] = n["asks_all_us"] * n["wins_us"]
    n["us_pays"] = n["asks_all_china"] * n["wins_china"]
    n["none"] = 1.0 - n["even"] - n["china_pays"] - n["us_pays"]
    n["custom"], n["double"] = (float(dispute["even_length"][k]) for k in (1, 2))
    return n


def draft_numbers(world: Any, talks: Any) -> dict[str, float]:
    """Return the draft with one issue a side, and what three other texts would be worth."""
    issues, groups = [TARIFF, PURCHASES], int(world["n_groups"][0])
    slope, bend = talks["expected_gain"][:, issues], talks["expected_bend"][:, issues]
    mandate, reach = world["mandate"][issues], world["reach"][issues]
    prize, cost = float(world["summit_value"][0]), float(world["reservation"][0])
    room = 100.0 * (float(world["tariffs_us_truce"]) - float(world["tariffs_us_reference"]))
    problem = new_problem(
        issues=2, giver=[0, 1], alpha=slope, bend_alpha=bend, precision=world["precision"],
        aside=[[prize - cost]] * 2, authority=world["authority"], offered=mandate, reach=reach,
        groups=[groups] * 2, weight=world["group_weight"][:, :groups],
        points=world["group_stakes"][:, :groups][:, :, issues], notice=world["talks_notice"],
        threshold=world["ratification"], shock=world["home_shock"],
        loss=[world["tariffs_us_reference_loss"], 0.0], room=[room, 0.0], fall=[[20.0, 0.0]] * 2,
    )  # fmt: skip
    work = new_work()
    assert draft(problem, work, False, True)
    found = [float(x) for x in work["package"][:2]]
    n = {
        "us_x": slope[0, 0], "us_xx": 0.5 * bend[0, 0], "us_y": slope[0, 1],
        "china_x": slope[1, 0], "china_xx": 0.5 * bend[1, 0],
        "china_y": slope[1, 1], "china_yy": 0.5 * bend[1, 1],
        "prize": prize, "reservation": cost, "authority": world["authority"][0],
        "double_authority": 2.0 * world["authority"][0], "notice": world["talks_notice"],
        "threshold": world["ratification"][0], "shock": world["home_shock"][0],
        "offer_x": mandate[0], "offer_y": mandate[1], "reach_x": reach[0], "reach_y": reach[1],
        "draft_x": found[0], "draft_y": found[1], "room": room,
        "loss": world["tariffs_us_reference_loss"], "minus_us_x": slope[0, 0],
    }  # fmt: skip
    for name in ("us_x", "us_xx", "china_y", "china_yy"):  # shown behind a minus
        n[name] = -n[name]
    for text, z in zip("abcd", (mandate, found, (0.5, 0.5), reach), strict=True):
        package = np.zeros(16)
        package[:2] = z
        prepare(problem, work)
        n[f"{text}_j"] = value(problem, work, package)
        for s, side in enumerate(SIDES):
            n[f"{text}_u_{side}"] = work["log_odds"][s, 0] / world["precision"][s]
            n[f"{text}_s_{side}"] = work["signs"][s, 0]
            n[f"{text}_p_{side}"] = work["passes"][s]
    x, y = found
    n["draft_g_us"] = -n["us_x"] * x - n["us_xx"] * x * x + n["us_y"] * y
    offered = n["us_x"] * mandate[0] + n["us_xx"] * mandate[0] ** 2
    n["draft_d_us"] = n["us_x"] * x + n["us_xx"] * x * x - offered
    n["survives"] = n["b_s_us"] * n["b_s_china"] * n["b_p_us"] * n["b_p_china"]
    return {name: float(number) for name, number in n.items()}


def prospect_numbers(stakes: Any) -> dict[str, float]:
    """Return what the meeting and the deadline are worth to each other."""
    n = {"signed": float(stakes["prospect"]["signed"])}
    for s, side in enumerate(SIDES):
        n[f"lost_{side}"] = float(stakes["dispute"]["lost"][0, s])
        n[f"date_{side}"] = float(stakes["deadline"]["cost"][s, 0])
    return n


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield heading and text of each part of the page."""
    for part in re.split(r"^## ", text, flags=re.MULTILINE):
        yield part.split("\n", 1)[0], part


def expected(heading: str, known: dict[str, float]) -> list[str]:
    """Return the numbers of a part as they are to be shown."""
    shown = []
    for item in SHOWN.get(heading, "").split():
        name, _, form = item.partition(":")
        shown.append(format(known[name], form) if form else item.lstrip("="))
    return shown


def read(part: str) -> list[str]:
    """Return the numbers that stand in a part of the page."""
    return NUMBER.findall(CODE_AND_ADDRESSES.sub("", part))


def fresh(known: dict[str, float]) -> str:
    """Return the page with every number computed anew."""
    done = []
    for heading, part in parts(PAGE.read_text("utf-8")):
        wanted = iter(expected(heading, known))
        pieces = re.split(rf"({CODE_AND_ADDRESSES.pattern})", part)
        for k, piece in enumerate(pieces):
            if k % 2 == 0:
                pieces[k] = NUMBER.sub(lambda _, wanted=wanted: next(wanted), piece)
        done.append("".join(pieces))
    return "## ".join(done)


@pytest.fixture(scope="module")
def known() -> dict[str, float]:
    """Return every number of the page by name."""
    return numbers()


def test_every_number_of_the_page_is_computed(known: dict[str, float]) -> None:
    """Heading by heading, in order and to the digits shown; no number is left out."""
    text = PAGE.read_text("utf-8")
    assert {heading for heading, part in parts(text) if read(part)} == set(SHOWN)
    for heading, part in parts(text):
        assert read(part) == expected(heading, known), heading
    assert fresh(known) == text


def test_the_steps_on_the_page_are_the_model_s(known: dict[str, float]) -> None:
    """What the page works out by hand is what the solver of decision dates finds."""
    _, stakes, _ = first_day(Scenario.load("stockholm-three-issues"))
    date = stakes["date"]
    for s, side in enumerate(SIDES):
        assert logistic(known[f"odds_{side}"]) == pytest.approx(float(date["gives"][s]), abs=1e-6)
        assert known[f"second_{side}"] == pytest.approx(float(date["replies"][s]), abs=1e-6)
        assert known[f"first_{side}"] == pytest.approx(float(date["speaks"][s]), abs=1e-6)
    assert known["even"] == pytest.approx(float(date["even"]), abs=1e-6)


def test_the_draft_beats_the_other_texts_on_the_page(known: dict[str, float]) -> None:
    """Its J is the largest, and chances and worth are those of the formulas on the page."""
    assert known["b_j"] > max(known[f"{text}_j"] for text in "acd")
    own = known["draft_g_us"] + known["prize"] - known["reservation"]
    own -= known["draft_d_us"] ** 2 / known["double_authority"]
    assert known["b_u_us"] == pytest.approx(own, abs=1e-6)
    assert known["b_s_us"] == pytest.approx(logistic(known["precision"] * own), abs=1e-6)
