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
from negotiation.transcript.happenings import SENTENCES, sentence, stamp
from negotiation.transcript.looking_back import day_of
from negotiation.transcript.readouts import readout
from negotiation.words.groups import group as group_name
from negotiation.words.numbers import money
from negotiation.words.packages import brings, level, request

PACKAGE = {"fentanyl_tariff": 0.4, "rare_earth_licences": 0.7, "purchase_commitments": 0.62}


@pytest.fixture(scope="module")
def talks() -> Any:
    """A negotiation of which only the scenario and what came before matter here."""
    return SimpleNamespace(
        scenario=ng.Scenario.load("stockholm-2025"), events=(), papers_weighed=()
    )


def package(talks: Any) -> np.ndarray:
    """Return the package of these tests as the drivers record it: padded to all slots."""
    z = [PACKAGE.get(name, 0.0) for name in talks.scenario.issues]
    return np.array([*z, *[0.0] * (MAX_ISSUES - len(z))])


def details(talks: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """Return an example of what each kind of event carries."""
    asked = {
        "demand": "technology_controls", "agreed": True, "deadline": True, "regime": "truce",
        "penalties": None, "withheld": 0.0, "gain": 0.6, "price": 0.4, "due": 15.0, "expiry": 105.0,
        "held_until": 105.0,
    }  # fmt: skip
    groups = [*talks.scenario.us.constituencies, *talks.scenario.china.constituencies]
    signed = {"package": package(talks), "gains": [11.0, 20.0], "day": 94.0}
    drafted = {
        **signed,
        "signs": [True, True],
        "passes": [True, False],
        "support": dict.fromkeys(groups, 0.5),
        "swing": [-0.04, 0.08],
        "needed": [0.45, 0.45],
        "worth": [1.5, -0.6],
        "spares": 105.0,
    }
    return {
        ("news", "ruling"): {"tension": 0.5, "rise": 0.0},
        ("news", "selloff"): {"tension": 0.5, "rise": 0.0},
        ("news", "incident"): {"tension": 1.5, "rise": 1.0},
        ("news", "thaw"): {"tension": 0.2, "rise": -1.0},
        ("news", "sectoral"): {"tension": 1.4, "rise": 1.0},
        ("news", "delayed"): {"tension": 0.5, "rise": 0.0},
        ("news", "controls"): {"tension": 1.1, "rise": 0.75},
        ("provocations", "step"): {"answered": True, "tension": 2.0, "rise": 2.0},
        ("talks", "offer"): {
            "package": package(talks), "asked": True, "accepted": False, "round": 2,
            "worth": [48.9, -13.4], "day": 28.0,
        },
        ("talks", "parked"): {
            "package": package(talks), "day": 28.0, "beyond_mandate": ["fentanyl_tariff"],
            "not_ready": ["rare_earth_licences"],
        },
        ("talks", "withdrawn"): {"package": package(talks), "day": 28.0},
        ("talks", "signed"): {"package": package(talks), "day": 28.0},
        ("talks", "blocked"): {"day": 28.0},
        ("talks", "ready"): {"package": package(talks), "day": 28.0},
        ("talks", "draft"): {**drafted, "day": 28.0},
        ("talks", "term_over"): {"day": 28.0},
        ("talks", "lapse_ends"): {
            "regime": "escalation", "penalties": "in full", "withheld": 0.0, "expiry": 90.0,
            "day": 28.0,
        },
        ("talks", "reopened"): {"delivered": 0.2, "expiry": 150.0, "day": 60.0},
        ("deadline", "date_met"): asked,
        ("talks", "crisis_meeting"): {**asked, "deadline": False, "agreed": False},
        ("talks", "rare_earths_cut"): {"withheld": 0.52, "day": 15.0},
        ("summit", "no_meeting"): {"feasible": True, "broken": False, "day": 94.0},
        ("summit", "text"): drafted,
        ("summit", "put_off"): {"broken": False, "day": 94.0, "until": 101.0},
        ("summit", "picture"): {"day": 94.0},
        ("summit", "signed"): signed,
        ("summit", "no_deal"): {"day": 94.0},
    }  # fmt: skip


def tell(talks: Any, phase: str, kind: str, side: int | None = 1, **changes: Any) -> str:
    """Return the words for an example event, without how the sides speak of it afterwards."""
    event = Event(14.0, phase, kind, side, {**details(talks)[phase, kind], **changes})
    return sentence(talks, event).removesuffix(readout(talks, event)).rstrip()


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
    assert "a relaxation of technology export controls by 10% of one H20-class step" in text
    assert text.startswith("The truce is due to run out. Beijing asks for a relaxation")
    assert "as the price of 90 days; Washington gives in." in text
    assert "That brings China $0.6bn and costs the United States $0.4bn while it lasts." in text
    assert "It is held until 10 November 2025 and then ends; offers do not count it." in text
    assert text.endswith("The truce is extended by 90 days, until 10 November 2025.")
    assert "held until 11 October" in tell(talks, "deadline", "date_met", held_until=75.0)
    text = tell(talks, "deadline", "date_met", None, demand=None)
    assert "Neither names a price." in text


def test_a_refused_demand_has_a_price_too(talks: Any) -> None:
    """What it would have brought and cost, for an extension or, under penalties, for a truce."""
    refused = {"agreed": False, "regime": "escalation", "penalties": "in part"}
    text = tell(talks, "deadline", "date_met", **refused)
    assert "as the price of an extension. That would have brought China $0.6bn and cost" in text
    assert "the United States $0.4bn while it lasted. Washington refuses." in text
    assert text.endswith("on part of the trade.")
    text = tell(talks, "deadline", "date_met", **refused, gain=0.01)
    assert "would have brought China next to nothing and cost" in text
    text = tell(talks, "talks", "crisis_meeting", regime="escalation", penalties="in full")
    assert text.startswith("The sides meet under penalties. Beijing asks")
    assert "as the price of a truce" in text
    assert text.endswith("Penalties stay: the suspended points, on all trade.")


def test_an_accident_has_a_cause_and_books_nothing(talks: Any) -> None:
    """Where the order is late the truce lapses though nothing was refused."""
    text = tell(talks, "deadline", "date_met", None, regime="lapse", demand=None)
    assert "Both wanted to go on, but the order did not come in time: the truce lapses" in text
    text = tell(talks, "deadline", "date_met", regime="lapse")
    assert "as the price of an extension; Washington gives in.\n" in text
    assert "The terms were agreed, but the order did not come in time: the truce lapses" in text
    assert "$" not in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("fentanyl_tariff", "a cut of the fentanyl-linked tariff from 20 to 15 points"),
        ("china_tariff", "a cut of China's tariffs on US goods from 10 to 7.5 points"),
        (
            "technology_controls",
            "a relaxation of technology export controls by 25% of one H20-class step",
        ),
        ("oil_imports", "a cut of Russian and Iranian oil imports by 25%"),
        ("purchase_commitments", "purchase commitments of $12bn a year pledged above trend"),
        ("rare_earth_licences", "rare-earth licences (25% of the throttle lifted)"),
    ],
)
def test_a_demand_says_which_way_it_goes(talks: Any, name: str, said: str) -> None:
    """A side asks for the cut or the relaxation, not for the tariff or the controls."""
    assert request(talks.scenario.issues[name], 0.25).startswith(said)
    rise = Issue(name="quota", conceded_by="us", unit="cars", status_quo=10, full=30)
    assert request(rise, 0.5) == "a rise of the quota from 10 to 20 cars"


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
    empty = np.zeros(MAX_ISSUES)
    assert tell(talks, "talks", "offer", package=empty) == "Round 3: China has nothing to propose."


def test_no_answer_is_due_while_an_agreed_offer_stands(talks: Any) -> None:
    """What nobody is asked about is not refused: what both said yes to stands, since that day."""
    detail = details(talks)
    agreed = Event(21.0, "talks", "parked", 0, {**detail["talks", "parked"], "day": 26.0})
    later = Event(28.0, "talks", "offer", 1, {**detail["talks", "offer"], "asked": False})
    last = Event(35.0, "talks", "offer", 0, {**detail["talks", "offer"], "asked": False})
    record = SimpleNamespace(**{**vars(talks), "events": (agreed, later, last)})
    text = sentence(record, later)
    assert "refuses" not in text and "No answer is due: what both said yes to on 23 August" in text
    assert sentence(record, last).endswith("It stands beside what both accepted.")


def test_why_the_delegations_cannot_sign(talks: Any) -> None:
    """Named are the issues beyond a mandate and those without a text, each only if there are."""
    text = tell(talks, "talks", "parked", 0)
    assert "Beyond their mandates: fentanyl-linked tariff." in text
    assert "No text is ready on rare-earth licences." in text
    text = tell(talks, "talks", "parked", 0, not_ready=[])
    assert "mandates" in text and "No text" not in text
    assert "ready on any of it." in tell(talks, "talks", "parked", 0, not_ready=[*PACKAGE])


def test_what_is_signed_has_a_term(talks: Any) -> None:
    """A draft, a deal of the delegations and one of the leaders bind for a year from their day."""
    signs = {"passes": [True, True], "ratified": [True, True]}
    for text in (
        tell(talks, "talks", "draft", None, **signs),
        tell(talks, "talks", "signed", 0),
    ):
        assert "It binds for a year, until 25 August 2026; meanwhile the truce" in text
    assert "until 30 October 2026" in tell(talks, "summit", "signed", None)
    pie = SimpleNamespace(scenario=ng.Scenario.load("split-the-pie"), events=(), papers_weighed=())
    assert "binds" not in tell(pie, "talks", "signed", 0)


@pytest.mark.parametrize(
    ("signs", "passes", "said"),
    [
        ([False, True], [False, True], "The draft fails: the United States will not sign."),
        ([False, False], [False, False], "The draft fails: neither will sign."),
        ([True, True], [True, False], "The draft fails in Beijing: support at home is short."),
        ([True, True], [False, False], "The draft fails in both capitals"),
        ([True, True], [True, True], "The draft is signed."),
    ],
)
def test_every_draft_has_an_end(talks: Any, signs: Any, passes: Any, said: str) -> None:
    """A draft is signed, or fails for want of a signature or of support at home."""
    text = tell(talks, "talks", "draft", None, signs=signs, passes=passes)
    assert said in text
    assert "it should bring the United States $1.5bn a year and cost China $0.6bn a year" in text
    assert "spare both the deadline of 10 November 2025" in text
    assert "spare" not in tell(talks, "talks", "draft", None, spares=None)


def test_a_penalty_names_the_tariffs(talks: Any) -> None:
    """The suspended points are 54% and 34%, the April peak 145% and 125% (article, derived)."""
    lapsed = {"agreed": False, "regime": "escalation"}
    full = tell(talks, "deadline", "date_met", **lapsed, penalties="in full")
    assert "tariffs go back up, to 54% on Chinese goods and 34% on US goods" in full
    assert "part of the trade" not in full
    peak = tell(talks, "deadline", "date_met", **lapsed, penalties="at the peak")
    assert "April peak, 145% on Chinese goods and 125% on US goods" in peak
    late = tell(talks, "talks", "lapse_ends", None)
    assert "turns into penalties: tariffs go back up, to 54%" in late
    late = tell(talks, "talks", "lapse_ends", None, regime="truce", penalties=None)
    assert late == "The truce is put back in force, late, until 26 October 2025."


def test_a_cut_of_rare_earths_has_its_share(talks: Any) -> None:
    """Told when China decides on it, when it comes with penalties, and while they stay."""
    cut = tell(talks, "talks", "rare_earths_cut")
    assert cut.startswith("China withholds 52% of its rare earths from the United States for as")
    peak = {"agreed": False, "regime": "escalation", "penalties": "at the peak", "withheld": 0.9}
    said = "China withholds 90% of its rare earths."
    assert tell(talks, "deadline", "date_met", **peak).endswith(f"125% on US goods. {said}")
    assert tell(talks, "talks", "crisis_meeting", **peak).endswith(f"April peak. {said}")
    assert tell(talks, "talks", "lapse_ends", **peak).endswith(said)
    assert "rare earths" not in tell(talks, "deadline", "date_met", **{**peak, "withheld": 0.0})


def test_ratification_names_every_group(talks: Any) -> None:
    """At the summit each constituency's support stands in the text, with the threshold."""
    text = tell(talks, "summit", "text")
    for side in (talks.scenario.us, talks.scenario.china):
        for group in side.constituencies:
            assert f"{group_name(group)} 50%" in text
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
        (True, False, "there is no text that both might sign"),
        (True, True, "nobody travels while the truce is broken"),
        (False, False, "reasons that have nothing to do with the talks"),
        (False, True, "nobody travels while the truce is broken"),
    ],
)
def test_why_there_is_no_summit(talks: Any, feasible: bool, broken: bool, said: str) -> None:
    """A meeting fails for want of a text, because of penalties, or for reasons outside."""
    assert said in tell(talks, "summit", "no_meeting", None, feasible=feasible, broken=broken)


@pytest.mark.parametrize(
    ("signs", "passes", "said"),
    [
        ([False, True], [False, True], "the US leader will not sign the text"),
        ([False, False], [False, False], "neither leader will sign the text"),
        ([True, True], [True, False], "China's leader cannot bring the text through at home"),
        ([True, True], [False, False], "neither leader can bring the text through at home"),
    ],
)
def test_who_stops_a_summit(talks: Any, signs: Any, passes: Any, said: str) -> None:
    """Of a meeting that fails over a text it is told whose fault that is; of that day's only."""
    detail = {**details(talks)["summit", "text"], "signs": signs, "passes": passes}
    text = Event(91.0, "summit", "text", None, detail)
    for kind in ("no_meeting", "put_off", "picture"):
        for day in (94.0, 101.0):
            failed = {**details(talks)["summit", kind], "day": day}
            event = Event(91.0, "summit", kind, None, failed)
            record = SimpleNamespace(**{**vars(talks), "events": (text, event)})
            assert (said.lower() in sentence(record, event).lower()) == (day == 94.0)


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
        third = Event(49, phase, kind, side, {**detail, "day": 49})
        record.events = (first, second, third)
        assert again in sentence(record, third)  # not that of the second, which is one itself


def test_a_second_deal_is_worth_what_both_are(talks: Any) -> None:
    """The gains told are those of all that is signed by then, unless a first deal was reopened."""
    known = details(talks)
    signed = Event(91.0, "summit", "signed", None, known["summit", "signed"])
    draft = Event(28.0, "talks", "draft", None, {**known["talks", "draft"], "passes": [True, True]})
    reopened = Event(35.0, "talks", "reopened", None, known["talks", "reopened"])
    for before, said in (((), False), ((draft,), True), ((draft, reopened), False)):
        record = SimpleNamespace(**{**vars(talks), "events": (*before, signed)})
        assert ("with what was signed before" in sentence(record, signed)) == said


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
    assert "has nothing to propose" in tell(talks, "talks", "offer", package=z)
    assert "20 -> 19 points" in tell(talks, "talks", "offer", package=4 * z)


def test_tension_says_what_has_changed(talks: Any) -> None:
    """By how much it rises or falls, and where it stands against a calm that is explained once."""
    assert "(tension up 0.8, to 1.1; 0 is calm)" in tell(talks, "news", "controls")
    assert "(tension down 1, to 0.9 below calm)" in tell(talks, "news", "thaw", tension=-0.9)
    assert "(tension down 1, to 0.0; 0" in tell(talks, "news", "thaw", tension=-0.01)
    first, second = (
        Event(day, "news", "incident", None, {"tension": 1.5, "rise": 1.0}) for day in (7.0, 14.0)
    )
    record = SimpleNamespace(**{**vars(talks), "events": (first, second)})
    assert "(tension up 1, to 1.5)" in sentence(record, second)


def test_a_second_ruling_is_another_courts(talks: Any) -> None:
    """The first court is a court, the second another."""
    rulings = tuple(Event(d, "news", "ruling", None, {"rise": 0.0}) for d in (7.0, 14.0))
    record = SimpleNamespace(**{**vars(talks), "events": rulings})
    assert sentence(record, rulings[0]).startswith("A court")
    assert sentence(record, rulings[1]).startswith("Another court")


def test_what_is_not_talks_is_not_stamped_talks(talks: Any) -> None:
    """Penalties, lapses, reviews and crisis meetings have their own names, and their days."""
    said = {
        kind: stamp(talks, Event(28.0, "talks", kind, None, details(talks)["talks", kind]))
        for kind in ("rare_earths_cut", "crisis_meeting", "lapse_ends", "reopened", "offer")
    }
    assert [*said.values()] == [
        "Penalties, 12 August", "Crisis meeting, 12 August", "Lapse, 25 August",
        "Review, 26 September", "Talks, 25 August",
    ]  # fmt: skip


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
        ("share cut", 0, 1, 0.18, "x cut by 18%"),
        ("share of industrial policy reformed", 0, 0.2, 0.5, "x 10% of industrial policy reformed"),
        ("index", 0, 1, 0.43, "x 43% of the way"),
        ("H20-class steps relaxed", 0, 1, 0.59, "x relaxed by 59% of one H20-class step"),
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
