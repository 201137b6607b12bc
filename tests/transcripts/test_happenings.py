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
        events=(),
        outcome="summit_deal",
        gains={"us": 11.0, "china": 20.0},
    )


def package(talks: Any) -> np.ndarray:
    """Return the package of these tests as the drivers record it: padded to all slots."""
    z = [PACKAGE.get(name, 0.0) for name in talks.scenario.issues]
    return np.array([*z, *[0.0] * (MAX_ISSUES - len(z))])


def details(talks: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """Return an example of what each kind of event carries."""
    asked = {
        "demand": "technology_controls", "agreed": True, "deadline": True, "regime": "truce",
        "penalties": None, "gain": 0.6, "price": 0.4, "due": 15.0, "expiry": 105.0,
    }  # fmt: skip
    groups = [*talks.scenario.us.constituencies, *talks.scenario.china.constituencies]
    signed = {"package": package(talks), "day": 94.0}
    drafted = {
        **signed,
        "signs": [True, True],
        "passes": [True, False],
        "support": dict.fromkeys(groups, 0.5),
        "swing": [-0.04, 0.08],
        "needed": [0.45, 0.45],
    }
    return {
        ("news", "ruling"): {"tension": 0.5},
        ("news", "selloff"): {"tension": 0.5},
        ("news", "incident"): {"tension": 1.5},
        ("news", "thaw"): {"tension": 0.2},
        ("news", "sectoral"): {"tension": 1.4},
        ("news", "delayed"): {"tension": 0.5},
        ("news", "controls"): {"tension": 1.1},
        ("provocations", "step"): {"answered": True, "tension": 2.0},
        ("talks", "offer"): {
            "package": package(talks), "accepted": False, "round": 2, "worth": [48.9, -13.4],
            "day": 28.0,
        },
        ("talks", "parked"): {"package": package(talks), "day": 28.0},
        ("talks", "withdrawn"): {"package": package(talks), "day": 28.0},
        ("talks", "signed"): {"package": package(talks), "day": 28.0},
        ("talks", "blocked"): {"day": 28.0},
        ("talks", "ready"): {"package": package(talks), "day": 28.0},
        ("talks", "draft"): {**drafted, "day": 28.0},
        ("talks", "term_over"): {"day": 28.0},
        ("talks", "lapse_ends"): {"regime": "escalation"},
        ("talks", "reopened"): {"delivered": 0.2, "expiry": 150.0},
        ("deadline", "date_met"): asked,
        ("talks", "crisis_meeting"): {**asked, "deadline": False, "agreed": False},
        ("talks", "rare_earths_cut"): {},
        ("summit", "no_meeting"): {"feasible": True, "broken": False, "day": 94.0},
        ("summit", "text"): drafted,
        ("summit", "put_off"): {"broken": False, "day": 94.0, "until": 101.0},
        ("summit", "picture"): {"day": 94.0},
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
    assert "Beijing asks for technology export controls (0.10 H20-class steps relaxed)" in text
    assert text.startswith("The truce is due to run out. Beijing")
    assert "as the price of 90 days; Washington gives in." in text
    assert "worth $0.6bn to China and costs the United States $0.4bn" in text
    assert text.endswith("The truce is extended by 90 days, until 10 November 2025.")
    refused = {"agreed": False, "regime": "escalation", "penalties": "in part"}
    text = tell(talks, "deadline", "date_met", **refused)
    assert "as the price of the truce; Washington refuses." in text
    assert "the suspended points" in text and text.endswith("on part of the trade.")
    text = tell(talks, "deadline", "date_met", None, demand=None)
    assert "Neither side asks for anything in return." in text
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


def test_a_penalty_names_the_tariffs(talks: Any) -> None:
    """The suspended points are 54% and 34%, the April peak 145% and 125% (article, derived)."""
    lapsed = {"agreed": False, "regime": "escalation"}
    full = tell(talks, "deadline", "date_met", **lapsed, penalties="in full")
    assert "54% on Chinese goods, 34% on US goods" in full and "part of the trade" not in full
    peak = tell(talks, "deadline", "date_met", **lapsed, penalties="at the peak")
    assert "145% on Chinese goods, 125% on US goods" in peak


def test_ratification_names_every_group(talks: Any) -> None:
    """At the summit each constituency's support stands in the text, with the threshold."""
    text = tell(talks, "summit", "text")
    for side in (talks.scenario.us, talks.scenario.china):
        for group in side.constituencies:
            assert f"{group.replace('_', ' ')} 50%" in text
    assert "weighted 50%, and a late swing of -4 points on top; 45% is needed: enough" in text
    assert "and a late swing of +8 points on top; 45% is needed: not enough" in text


def test_a_leader_who_refuses(talks: Any) -> None:
    """A leader who will not sign is named; the home front is then not asked."""
    text = tell(talks, "summit", "text", signs=[False, True], passes=[False, True])
    assert "The US leader will not sign it." in text
    assert "farm belt" not in text


@pytest.mark.parametrize(
    ("feasible", "broken", "said"),
    [
        (True, False, "there is nothing that both leaders would sign"),
        (True, True, "nobody travels while the truce is broken"),
        (False, False, "reasons that have nothing to do with the talks"),
    ],
)
def test_why_there_is_no_summit(talks: Any, feasible: bool, broken: bool, said: str) -> None:
    """A meeting fails for want of a text, because of penalties, or for reasons outside."""
    assert said in tell(talks, "summit", "no_meeting", None, feasible=feasible, broken=broken)


def test_what_is_repeated_is_told_once(talks: Any) -> None:
    """The same offer again, the same draft again: the day of the first, and the new answer."""
    for phase, kind, side, again in (
        ("talks", "offer", 1, "China repeats its offer of 25 August. The United States refuses."),
        ("talks", "draft", None, "The draft of 25 August is on the table again."),
    ):
        detail = details(talks)[phase, kind]
        first, second = (Event(day, phase, kind, side, {**detail, "day": day}) for day in (28, 42))
        other = Event(35, phase, kind, side, {**detail, "package": np.ones(MAX_ISSUES), "day": 35})
        record = SimpleNamespace(**{**vars(talks), "events": (first, second)})
        assert again not in sentence(record, first) and "fentanyl-linked" in sentence(record, first)
        assert again in sentence(record, second) and "fentanyl-linked" not in sentence(
            record, second
        )
        record.events = (first, other, second)
        assert again not in sentence(record, second)


def test_a_second_deal_is_worth_what_both_are(talks: Any) -> None:
    """The gains told are those of all that is signed, unless the first deal was reopened."""
    known = details(talks)
    signed = Event(91.0, "summit", "signed", None, known["summit", "signed"])
    draft = Event(28.0, "talks", "draft", None, {**known["talks", "draft"], "passes": [True, True]})
    reopened = Event(35.0, "talks", "reopened", None, known["talks", "reopened"])
    for before, said in (((), False), ((draft,), True), ((draft, reopened), False)):
        record = SimpleNamespace(**{**vars(talks), "events": (*before, signed)})
        assert ("With what was signed before" in sentence(record, signed)) == said


def test_a_second_text_on_the_same_day_is_another(talks: Any) -> None:
    """Where one leader refuses, the sherpas write for that one again."""
    detail = details(talks)["summit", "text"]
    first, second = (Event(91.0, "summit", "text", None, {**detail, "day": 94.0}) for _ in range(2))
    later = Event(98.0, "summit", "text", None, {**detail, "day": 99.0})
    record = SimpleNamespace(**{**vars(talks), "events": (first, second, later)})
    said = [sentence(record, event).split("\n")[0] for event in record.events]
    assert said[0] == said[2] == "The sherpas have written a text for their leaders."
    assert said[1].startswith("The sherpas write another text")


def test_a_concession_that_rounds_to_nothing_is_none(talks: Any) -> None:
    """A hundredth of twenty points would read 20 -> 20 points: it is left out, 2% is not."""
    z = np.array([0.01 if name == "fentanyl_tariff" else 0.0 for name in talks.scenario.issues])
    assert "It asks: nothing." in tell(talks, "talks", "offer", package=z)
    assert "20 -> 19 points" in tell(talks, "talks", "offer", package=4 * z)


def test_tension_below_the_usual_is_warmth(talks: Any) -> None:
    """A negative number of incidents is told in words."""
    assert "(relations 0.9 warmer than usual)" in tell(talks, "news", "thaw", tension=-0.9)
    assert "(tension now 0.0)" in tell(talks, "news", "thaw", tension=-0.01)


def test_dates_are_those_of_the_event(talks: Any) -> None:
    """An offer falls on its round's day, a deadline on the day the truce runs out (12 August)."""
    events = details(talks)
    assert day_of(Event(28.0, "talks", "offer", 0, events["talks", "offer"])) == 28.0
    assert day_of(Event(14.0, "deadline", "date_met", 0, events["deadline", "date_met"])) == 15.0
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
