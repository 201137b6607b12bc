"""Every kind of event has its sentence, with names, levels, units and dates."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import negotiation as ng
from negotiation.events import Event
from negotiation.rules.play import PHASES
from negotiation.scenario import MAX_ISSUES
from negotiation.scenario.sections import Issue
from negotiation.transcript.happenings import SENTENCES, day_of, sentence
from negotiation.words.numbers import money
from negotiation.words.packages import brings, level

PACKAGE = {"fentanyl_tariff": 0.4, "rare_earth_licences": 0.7, "purchase_commitments": 0.62}


@pytest.fixture(scope="module")
def talks() -> Any:
    """A negotiation of which only the scenario and a few numbers matter here."""
    scenario = ng.Scenario.load("stockholm-2025")
    return SimpleNamespace(
        scenario=scenario,
        outcome="summit_deal",
        gains={"us": 11.0, "china": 20.0},
    )


def package(talks: Any) -> np.ndarray:
    """Return the package of these tests as the drivers record it: padded to all slots."""
    z = [PACKAGE.get(name, 0.0) for name in talks.scenario.issues]
    return np.array([*z, *[0.0] * (MAX_ISSUES - len(z))])


def details(talks: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """Return an example of what each kind of event carries."""
    choice = {
        "holds": [True, True],
        "expected": [0.54, 0.6],
        "due": 15.0,
        "expiry": 105.0,
        "branch": 0,
        "price": 3.0,
    }
    asked = {
        "demand": "technology_controls", "agreed": True, "deadline": True, "regime": "truce",
        "penalties": None, "gain": 0.6, "price": 0.4, "due": 15.0, "expiry": 105.0,
    }  # fmt: skip
    groups = [*talks.scenario.us.constituencies, *talks.scenario.china.constituencies]
    signed = {"package": package(talks), "partial": False, "day": 94.0}
    return {
        ("news", "ruling"): {"tension": 0.5},
        ("news", "selloff"): {"tension": 0.5},
        ("news", "incident"): {"tension": 1.5},
        ("news", "thaw"): {"tension": 0.2},
        ("news", "sectoral"): {"tension": 1.4},
        ("news", "put_off"): {"tension": 0.5},
        ("provocations", "step"): {"answered": True, "tension": 2.0},
        ("talks", "offer"): {
            "package": package(talks), "accepted": False, "round": 2, "worth": [48.9, -13.4],
            "day": 28.0,
        },
        ("talks", "parked"): {"package": package(talks), "day": 28.0},
        ("talks", "withdrawn"): {"package": package(talks), "day": 28.0},
        ("talks", "signed"): {"package": package(talks), "day": 28.0},
        ("talks", "blocked"): {"day": 28.0},
        ("talks", "truce_restored"): {"both": False, "expiry": 120.0},
        ("talks", "lapse_ends"): {"regime": "escalation"},
        ("talks", "reopened"): {"delivered": 0.2, "expiry": 150.0},
        ("deadline", "truce"): {**choice, "holds": [False, True]},
        ("deadline", "lapse"): choice,
        ("deadline", "escalation"): choice,
        ("deadline", "date_met"): asked,
        ("talks", "crisis_meeting"): {**asked, "deadline": False, "agreed": False},
        ("talks", "rare_earths_cut"): {},
        ("summit", "no_meeting"): {"wants": [True, False], "feasible": True, "day": 94.0},
        ("summit", "package"): {
            **signed, "signs": [True, True], "passes": [True, False],
            "support": dict.fromkeys(groups, 0.5),
            "swing": [-0.04, 0.08], "needed": [0.45, 0.45],
        },
        ("summit", "signed"): signed,
        ("summit", "no_deal"): {"day": 94.0},
    }  # fmt: skip


def tell(talks: Any, phase: str, kind: str, side: int | None = 1, **changes: Any) -> str:
    """Return the words for an example event."""
    detail = {**details(talks)[phase, kind], **changes}
    return sentence(talks, Event(14.0, phase, kind, side, detail))


def test_every_kind_is_covered(talks: Any) -> None:
    """There is an example here for each kind of event that has a sentence, and none too many."""
    assert set(details(talks)) == set(SENTENCES)
    assert {phase for phase, _ in SENTENCES} == set(PHASES) - {"accounts"}


@pytest.mark.parametrize(("phase", "kind"), list(SENTENCES))
def test_whole_sentences(talks: Any, phase: str, kind: str) -> None:
    """Each begins with a capital, ends with a full stop, and has no raw number or empty place."""
    text = tell(talks, phase, kind)
    assert text[0].isupper() and text.endswith(".")
    assert not re.search(r"nan|None|array|\{|\}|_|\d\.\d{3}", text)


def test_kinds_the_model_tells_are_known() -> None:
    """Whatever kind of event a run of the model brings has a sentence of its own."""
    scenario = ng.Scenario.load("stockholm-2025")
    for run in range(30):
        for event in ng.run(scenario, seed=11, run=run).events:
            assert (event.phase, event.kind) in SENTENCES


def test_a_date_tells_who_asked_for_what_and_what_came_of_it(talks: Any) -> None:
    """The concession by its name and level, the length, the answer, what it is worth, what now."""
    text = tell(talks, "deadline", "date_met")
    assert "Beijing asks for technology export controls" in text
    assert "as the price of 90 days; Washington gives in." in text
    assert "worth $0.6bn to China and costs the United States $0.4bn" in text
    assert text.endswith("The truce is extended until 10 November 2025.")
    refused = {"agreed": False, "regime": "escalation", "penalties": "in part"}
    text = tell(talks, "deadline", "date_met", **refused)
    assert "as the price of the truce; Washington refuses." in text
    assert "the suspended points" in text and text.endswith("on part of the trade.")
    text = tell(talks, "deadline", "date_met", None, demand=None)
    assert "Neither side names a price." in text
    text = tell(talks, "talks", "crisis_meeting", regime="escalation", penalties="in full")
    assert text.startswith("The sides meet under penalties. Beijing asks")
    assert text.endswith("Penalties stay in force in full.")
    accident = {"regime": "lapse", "demand": None}
    text = tell(talks, "deadline", "date_met", None, **accident)
    assert "Neither meant it to happen, but the truce lapses" in text


def test_an_unknown_kind_is_still_told(talks: Any) -> None:
    """A kind of event that a plug-in adds is told by its name rather than lost."""
    assert sentence(talks, Event(0.0, "news", "solar_eclipse", None, {})) == "Solar eclipse."


def test_an_offer_names_levels_and_worth(talks: Any) -> None:
    """China's offer: what it gives, what it asks, what it is worth to each, the answer."""
    lines = tell(talks, "talks", "offer").split("\n")
    assert lines[0] == "Round 3: China makes an offer."
    assert "rare-earth licences 70% of the throttle lifted" in lines[1]
    assert "purchase commitments $31bn a year" in lines[1]
    assert lines[2] == "It asks: fentanyl-linked tariff 20 -> 12 points."
    assert "bring the United States $49bn a year and cost China $13bn a year" in lines[3]
    assert lines[3].endswith("The United States refuses.")


def test_an_empty_offer_says_nothing(talks: Any) -> None:
    """A package without a concession gives nothing and asks nothing."""
    text = tell(talks, "talks", "offer", package=np.zeros(MAX_ISSUES))
    assert "It gives: nothing." in text and "It asks: nothing." in text


def test_a_deadline_tells_choices_and_expectations(talks: Any) -> None:
    """At the deadline: who chose what, what the other had expected, and the price of giving way."""
    text = tell(talks, "deadline", "truce")
    assert "The United States extends; Beijing had thought that 46% likely." in text
    assert "China holds out; Washington had thought that 60% likely." in text
    assert "extended until 10 November 2025" in text
    assert "the United States pays a price of $3.0bn" in text


def test_a_penalty_names_the_tariffs(talks: Any) -> None:
    """The suspended points are 54% and 34%, the April peak 145% and 125% (article, derived)."""
    assert "54% on Chinese goods, 34% on US goods" in tell(talks, "deadline", "escalation")
    assert "145% on Chinese goods, 125% on US goods" in tell(
        talks, "deadline", "escalation", branch=1
    )


def test_an_accident_is_nobodys_choice(talks: Any) -> None:
    """A lapse although both extend is told as one that neither meant."""
    text = tell(talks, "deadline", "escalation", holds=[False, False])
    assert "Neither meant it to happen, but the truce lapses" in text


def test_ratification_names_every_group(talks: Any) -> None:
    """At the summit each constituency's support stands in the text, with the threshold."""
    text = tell(talks, "summit", "package")
    for side in (talks.scenario.us, talks.scenario.china):
        for group in side.constituencies:
            assert f"{group.replace('_', ' ')} 50%" in text
    assert "weighted 50%, and a late swing of -4 points on top; 45% is needed: enough" in text
    assert "and a late swing of +8 points on top; 45% is needed: not enough" in text


def test_a_leader_who_refuses(talks: Any) -> None:
    """A leader who will not sign is named; the home front is then not asked."""
    text = tell(talks, "summit", "package", signs=[False, True], passes=[False, True])
    assert "The US leader will not sign it." in text
    assert "farm belt" not in text


@pytest.mark.parametrize(
    ("wants", "feasible", "said"),
    [
        ([True, False], True, "China's leader sees less to win there than to lose"),
        ([False, False], True, "the US leader and China's leader see less"),
        ([True, True], False, "reasons that have nothing to do with the talks"),
    ],
)
def test_why_there_is_no_summit(talks: Any, wants: list[bool], feasible: bool, said: str) -> None:
    """A meeting fails because a side stays away, or for reasons outside the talks."""
    assert said in tell(talks, "summit", "no_meeting", None, wants=wants, feasible=feasible)


def test_dates_are_those_of_the_event(talks: Any) -> None:
    """An offer falls on its round's day, a deadline on the day the truce runs out (12 August)."""
    events = details(talks)
    assert day_of(Event(28.0, "talks", "offer", 0, events["talks", "offer"])) == 28.0
    assert day_of(Event(14.0, "deadline", "truce", None, events["deadline", "truce"])) == 15.0
    assert day_of(Event(21.0, "news", "ruling", None, {})) == 21.0


@pytest.mark.parametrize(
    ("unit", "status_quo", "full", "z", "said"),
    [
        ("points", 20, 0, 0.4, "x 20 -> 12 points"),
        ("points", 10, 0, 0.18, "x 10 -> 8.2 points"),
        ("$bn per year", 0, 50, 0.62, "x $31bn a year"),
        ("$bn per year pledged above trend", 0, 5, 0.5, "x $2.5bn a year pledged above trend"),
        ("share cut", 0, 1, 0.18, "x 18% cut"),
        ("share of industrial policy reformed", 0, 0.2, 0.5, "x 10% of industrial policy reformed"),
        ("index", 0, 1, 0.43, "x 43% of the way"),
        ("H20-class steps relaxed", 0, 1, 0.59, "x 0.59 H20-class steps relaxed"),
    ],
)
def test_levels_read_in_their_units(
    unit: str, status_quo: float, full: float, z: float, said: str
) -> None:
    """A concession is told in its issue's own unit, to about a hundredth of its range."""
    issue = Issue(name="x", conceded_by="us", unit=unit, status_quo=status_quo, full=full)
    assert level(issue, z) == said


def test_money_has_two_digits_or_so() -> None:
    """Below ten billion a decimal, above none; what is nothing is told as nothing."""
    assert [money(x) for x in (0.3, 9.94, 9.96, 13.4, -290.2)] == [
        "$0.3bn", "$9.9bn", "$10bn", "$13bn", "$290bn",
    ]  # fmt: skip
    assert brings((0.0, 1.0)) == "leave the United States where it is and bring China $1.0bn a year"
