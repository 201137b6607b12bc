"""A game that a person plays, as text: the question, the offer at hand, hints, the debrief."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from negotiation.cli.columns import columns
from negotiation.seat.draft import Draft, typed
from negotiation.seat.hints import Future
from negotiation.seat.score import about_score, told
from negotiation.seat.seat import Seat
from negotiation.seat.words import Answer, calendar_line, worth_of
from negotiation.transcript.telling import opening
from negotiation.words import outcomes
from negotiation.words.language import data, joined, marked, tr, trc, trn
from negotiation.words.numbers import percent
from negotiation.words.packages import exchange
from negotiation.words.parties import by_seat
from negotiation.words.scene import capital, day_month, full_date
from negotiation.words.wrapping import wide, wrapped

if TYPE_CHECKING:
    from negotiation.game import Point
    from negotiation.seat.debriefing import Debrief
    from negotiation.seat.quiz import Round

WIDTH = 88
NAME = 44
MOVES = marked("""\
  + them          a little more for them, where it costs you least
  + me            a little more for your side, where it costs them least
  swap            give one term for another: worth the same to you, more to them
  set TERM LEVEL  one term, by its number or name: set 6 20, set tariff 12, set oil 5%
  mine, theirs    begin from your last offer, from theirs
  take NAME       the offer of theory: nash, rubinstein, reply, or rule (see hint)
  offer           put it on the table
  hold            hold out: repeat your last offer""")
ALWAYS = marked("""\
  hint            what theory would do, and a thousand delegations in your place
  futures         this very game played on a thousand times (knows what they hide: it counts)
  status          what you know: your type, your beliefs, what is signed, your account
  leave           let your delegation's own rule decide this; leave all: the whole rest
  back            take your last decision back (it is told in the end)
  address         where the game stands, as JSON
  quit            stop here; the game is kept""")


def laid(text: str, indent: str = "") -> str:
    """Return text in lines of the page's width."""
    lines = []
    for line in text.split("\n"):
        lead = indent + line[: len(line) - len(line.lstrip())]
        if wide(line) > len(line):
            lines += wrapped(line.strip(), WIDTH, lead, lead) or [""]
            continue
        lines += textwrap.wrap(
            line.strip(), WIDTH, initial_indent=lead, subsequent_indent=lead, break_on_hyphens=False
        ) or [""]
    return "\n".join(lines)


def welcome(seat: Seat, path: Path) -> str:
    """Return what is said before the first decision."""
    own, other = sides_of(seat)
    decides = (
        tr("You decide for {side} and for its home front.", side=own)
        if seat.home
        else tr("You decide for {side}; its home front votes on its own.", side=own)
    )
    rule = getattr(seat.scenario, other_of(seat)).strategy.words
    played = tr("{other} is played by its rule ({strategy}).", other=capital(other), strategy=rule)
    lines = [data(seat.scenario.title), joined(decides, played), opening(seat.scenario)]
    if hides := seat.own_type():
        lines.append(tr("What only you know: {hidden}", hidden=hides))
    lines.append(tr("Type help for what can be typed. The game is kept in {path}.", path=path))
    return "\n".join(laid(line) for line in lines)


def sides_of(seat: Seat) -> tuple[str, str]:
    """Return what the own side and the other are called."""
    names = by_seat(seat.scenario)
    return names[seat.side].name, names[other_of(seat)].name


def other_of(seat: Seat) -> str:
    """Return the seat of the other side."""
    return "china" if seat.side == "us" else "us"


def asked(seat: Seat, news: Sequence[str], draft: Draft | None) -> str:
    """Return what has happened, what is asked, and what may be answered."""
    point = seat.waiting()
    lines = ["", f"-- {calendar_line(point)}"]
    lines += [laid(item.replace("\n", "\n  "), "") for item in news]
    lines.append(laid(seat.question()))
    if point.package is not None:
        lines.append(laid(exchange(seat.scenario, point.package), "  "))
    if draft is not None:
        lines += [
            offer_table(draft, point),
            tr("  + them, + me, swap, set TERM LEVEL; then: offer"),
        ]
    else:
        lines += [numbered(seat.answers())]
    return "\n".join(lines)


def numbered(answers: Iterable[Answer]) -> str:
    """Return what may be answered, with its numbers."""
    return "\n".join(f"  {n}  {answer.label}" for n, answer in enumerate(answers, 1))


def offer_table(draft: Draft, point: Point) -> str:
    """Return an offer that is being put together, term by term, and what it is worth."""
    view, scenario = draft.view, draft.scenario
    heads = tr("now"), trc("a column", "offer"), tr("your last"), tr("their last"), tr("limit")
    rows = [["", "", *heads]]
    sides: dict[bool, list[list[str]]] = {True: [], False: []}
    for k, item in enumerate(view.issues):
        issue = scenario.issues[item.key]
        unit = issue.unit if len(issue.unit) < 10 and issue.unit != "index" else ""
        name = data(issue.name)
        if unit:
            name = trc("a setting", "{words} ({path})", words=name, path=data(unit))
        last = typed(issue, view.my_last_offer[k]) if view.offers_made else ""
        theirs = typed(issue, view.last_offer[k]) if view.last_offer is not None else ""
        sides[item.conceded_by == view.side].append(
            [f"  {k + 1:>2}", shortened(name), typed(issue, 0.0), typed(issue, draft.package[k]),
             last, theirs, typed(issue, item.reach)]
        )  # fmt: skip
    for own, head in ((True, tr("you give")), (False, tr("they give"))):
        if sides[own]:
            rows += [["  ", head, "", "", "", "", ""], *sides[own]]
    worth = tr(
        "Worth {ours} to you: {share} of your way from walking away ({floor}) to the best you "
        "could get ({ideal}). About {theirs} to them.",
        ours=worth_of(point, draft.ours), share=percent(min(max(draft.share, 0.0), 1.0)),
        floor=worth_of(point, view.walk_away), ideal=worth_of(point, view.ideal),
        theirs=worth_of(point, draft.theirs),
    )  # fmt: skip
    return "\n".join([*columns("llrrrrr", rows), laid(worth, "  ")])


def shortened(name: str) -> str:
    """Return a name that fits its column."""
    return name if len(name) <= NAME else f"{name[: NAME - 3].rstrip()}..."


def status(seat: Seat) -> str:
    """Return what the side knows."""
    point = seat.waiting()
    _, other = sides_of(seat)
    talks = point.view.records[0]
    own = point.view.index
    lines = [tr("{this}.", this=full_date(point.date))]
    if hides := seat.own_type():
        lines.append(hides)
    types = getattr(seat.scenario, other_of(seat)).types
    beliefs = seat.beliefs()
    facts = []
    if len({q.value for q in types.stance}) > 1:
        facts += [
            trc("a belief", "{kind} {chance}", kind=trc("stance", name),
                chance=percent(beliefs[name]))
            for name in ("dove", "middle", "hawk")
        ]  # fmt: skip
    if len({q.value for q in types.resolve}) > 1:
        facts.append(tr("resolute {chance}", chance=percent(beliefs["resolute"])))
    if facts:
        believed = trc("between groups", ", ").join(facts)
        lines.append(tr("What you believe of {other}: {facts}.", other=other, facts=believed))
    tension = f"{float(talks.tension):.1f}"
    lines.append(
        tr(
            "So far the path has brought you {account}; what is signed brings {gain}. Tension "
            "stands at {tension} (0 is calm).",
            account=told(float(talks.account[own]), seat.scenario),
            gain=worth_of(point, float(talks.yearly_gain[own])),
            tension=tension,
        )
    )
    return "\n".join(laid(line) for line in lines)


def future_lines(seat: Seat, futures: Sequence[Future], runs: int) -> str:
    """Return what comes of each choice."""
    heads = tr("if you choose"), trc("a column", "signed"), tr("truce lapses"), tr("your score")
    rows = [[f"  {heads[0]}", *heads[1:], "95%"]]
    for f in futures:
        low, high = told(f.score.low, seat.scenario), told(f.score.high, seat.scenario)
        rows.append(
            [f"  {f.choice}", percent(f.signed.p), percent(f.lapsed.p),
             told(f.score.value, seat.scenario),
             trc("interval", "{low} to {high}", low=low, high=high)]
        )  # fmt: skip
    head = tr(
        "This very game from here on, {times} with other luck, the rules deciding after this for "
        "both. It knows what the other side hides, so it counts in the debrief. Score: {score}.",
        times=trn("{n} time", "{n} times", runs), score=about_score(seat.scenario),
    )  # fmt: skip
    return "\n".join([laid(head), *columns("lrrrr", rows)])


def debriefed(found: Debrief, seat: Seat, pictures: Sequence[Path], kept: Path) -> str:
    """Return the debrief as a page of text."""
    scenario, (_, other) = seat.scenario, sides_of(seat)
    horizon = full_date(scenario.calendar.horizon)
    ended = outcomes.ending(found.talks.outcome.value, scenario)

    def amount(value: float) -> str:
        return told(value, scenario)

    lines = [
        "", tr("Debrief"),
        tr(
            "On {date} {happens}. Your score: {score}; that of {other}: {theirs}. It counts "
            "{what}.", date=horizon, happens=ended, score=amount(found.score), other=other,
            theirs=amount(found.score_other), what=about_score(scenario),
        ),
    ]  # fmt: skip
    if found.hidden:
        lines += ["", tr("What the other side hid"), found.hidden]
    lines += ["", tr("Where you left money"), *left_lines(found, amount)]
    usual = outcomes.ending(found.same_luck.outcome.value, scenario)
    strategy = getattr(scenario, seat.side).strategy.words
    share = percent(found.percentile)
    lines += [
        "", tr("Others in your place"),
        tr(
            "With the same luck, your side's usual strategy ({strategy}) would have come to this: "
            "{happens}; score {score}.",
            strategy=strategy, happens=usual, score=amount(found.same_luck_score),
        ),
        tr(
            "Of {delegations} that held the same hand (the same types and numbers on both sides, "
            "other luck from the first day on), {share} did worse than you, equal ones counted "
            "half. Their median: {median}; {signed} of them signed something.",
            delegations=trn("{n} simulated delegation", "{n} simulated delegations",
                            found.delegations),
            share=share, median=amount(found.median), signed=percent(found.signed_by_others),
        ),
    ]  # fmt: skip
    if found.taken_back:
        dates = trc("between groups", ", ").join(
            trc(
                "a setting", "{words} ({path})", words=trc("kind", entry["kind"]),
                path=day(entry["date"]),
            )
            for entry in found.taken_back
        )  # fmt: skip
        n = len(found.taken_back)
        back = trn("You took back {n} decision: {dates}.", "You took back {n} decisions: {dates}.",
                   n, dates=dates)  # fmt: skip
        lines += ["", back]
    if found.looked_ahead:
        often = trn("once", "{n} times", found.looked_ahead)
        lines.append(
            tr(
                "You looked at the futures of this game {times}; they know what the other side "
                "hides.", times=often,
            )
        )  # fmt: skip
    lines.append("")
    lines.append(tr("The picture: your path of offers, the frontier, what would have been fair"))
    lines += [f"  {path}" for path in pictures]
    lines.append(tr("The game: {path}", path=kept))
    return "\n".join(laid(line) for line in lines)


def left_lines(found: Debrief, amount: Callable[[float], str]) -> list[str]:
    """Return where money was left: at the table, in refused offers, in single decisions."""
    lines = []
    if found.signed is None:
        lines.append(
            tr(
                "Nothing was signed. The fair package (Nash) would have been worth {ours} a year "
                "to you and {theirs} to them.",
                ours=amount(found.nash[0]),
                theirs=amount(found.nash[1]),
            )
        )
    else:
        ours, theirs = found.signed
        left = found.left or 0.0
        more = (
            tr(
                "with nothing hidden, {sum} a year more for you would have cost them nothing",
                sum=amount(left),
            )
            if left >= 0.05
            else tr("no package would have brought you more at no cost to them")
        )
        lines.append(
            tr(
                "What was signed is truly worth {ours} a year to you and {theirs} to them; {more}. "
                "The fair package (Nash): {first} and {second}.",
                ours=amount(ours),
                theirs=amount(theirs),
                more=more,
                first=amount(found.nash[0]),
                second=amount(found.nash[1]),
            )
        )
    if found.refused is not None:
        lines.append(
            tr(
                "The best of their offers that you refused, on {day}, was worth {sum} a year to "
                "you.",
                day=day(found.refused.date),
                sum=amount(found.refused.ours),
            )
        )
    for c in found.costly:
        lines.append(
            tr(
                "In the week of {day} you chose: {chosen}. Otherwise ({better}) you would have "
                "come out {sum} better on average (95%: {low} to {high}).",
                day=day(c.date),
                chosen=c.chosen,
                better=c.better,
                sum=amount(c.cost.value),
                low=amount(c.cost.low),
                high=amount(c.cost.high),
            )
        )
    if not found.costly:
        lines.append(tr("No single decision of yours cost you more than luck could explain."))
    return lines


def day(date: str) -> str:
    """Return an ISO date as it is said.

    Examples
    --------
    >>> day("2025-08-11")
    '11 August'
    """
    return day_month(dt.date.fromisoformat(date))


def quiz_round(number: int, total: int, asked: Round) -> str:
    """Return a question of the quiz: the demands as bars, and the list."""
    lines = [
        "", f"Round {number} of {total}. Two sides share a pie; each can walk away from a fifth "
        f"of it. Whose offers are marked *? Its opponent plays {asked.against}.",
    ]  # fmt: skip
    lines = [laid(line) for line in lines]
    for n, (own, part) in enumerate(asked.demands, 1):
        bar = ("#" if own else ".") * round(40 * part)
        mark = "*" if own else " "
        lines.append(f"  {n:>2} {mark} asks for {percent(part):>4}  {bar}")
    lines.append("     accepted" if asked.accepted else "     no agreement: the time is up")
    lines += [f"  {n}  {name}" for n, name in enumerate(asked.options, 1)]
    return "\n".join(lines)


def quiz_answer(asked: Round, given: str) -> str:
    """Return whether an answer was right, and where the strategy comes from."""
    verdict = "Right" if given == asked.answer else f"No, not {given}"
    return laid(f"{verdict}: {asked.answer}. {asked.summary} Source: {asked.source}.")
