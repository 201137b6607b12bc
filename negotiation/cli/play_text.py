"""A game that a person plays, as text: the question, the offer at hand, hints, the debrief."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from negotiation.cli.columns import columns
from negotiation.errors import counted
from negotiation.seat.draft import Draft, typed
from negotiation.seat.hints import Future
from negotiation.seat.score import about_score, told
from negotiation.seat.seat import Seat
from negotiation.seat.telling import believed, other_of, sections, sides_of
from negotiation.seat.words import Answer, calendar_line, worth_of
from negotiation.transcript.telling import opening
from negotiation.words.numbers import percent
from negotiation.words.packages import exchange
from negotiation.words.scene import capital, full_date

if TYPE_CHECKING:
    from negotiation.game import Point
    from negotiation.seat.debriefing import Debrief
    from negotiation.seat.quiz import Round

WIDTH = 88
NAME = 44
MOVES = """\
  + them          a little more for them, where it costs you least
  + me            a little more for your side, where it costs them least
  swap            give one term for another: worth the same to you, more to them
  set TERM LEVEL  one term, by its number or name: set 6 20, set tariff 12, set oil 5%
  mine, theirs    begin from your last offer, from theirs
  take NAME       the offer of theory: nash, rubinstein, reply, or rule (see hint)
  offer           put it on the table
  hold            hold out: repeat your last offer"""
ALWAYS = """\
  hint            what theory would do, and a thousand delegations in your place
  futures         this very game played on a thousand times (knows what they hide: it counts)
  status          what you know: your type, your beliefs, what is signed, your account
  leave           let your delegation's own rule decide this; leave all: the whole rest
  back            take your last decision back (it is told in the end)
  address         where the game stands, as JSON
  quit            stop here; the game is kept"""


def laid(text: str, indent: str = "") -> str:
    """Return text in lines of the page's width."""
    lines = []
    for line in text.split("\n"):
        lead = indent + line[: len(line) - len(line.lstrip())]
        lines += textwrap.wrap(
            line.strip(), WIDTH, initial_indent=lead, subsequent_indent=lead, break_on_hyphens=False
        ) or [""]
    return "\n".join(lines)


def welcome(seat: Seat, path: Path) -> str:
    """Return what is said before the first decision."""
    own, other = sides_of(seat)
    home = " and for its home front." if seat.home else "; its home front votes on its own."
    lines = [
        seat.scenario.title,
        f"You decide for {own}{home} {capital(other)} is played by its rule "
        f"({getattr(seat.scenario, other_of(seat)).strategy.words}).",
        opening(seat.scenario),
    ]
    if hides := seat.own_type():
        lines.append(f"What only you know: {hides}")
    lines.append(f"Type help for what can be typed. The game is kept in {path}.")
    return "\n".join(laid(line) for line in lines)


def asked(seat: Seat, news: Sequence[str], draft: Draft | None) -> str:
    """Return what has happened, what is asked, and what may be answered."""
    point = seat.waiting()
    lines = ["", f"-- {calendar_line(point)}"]
    lines += [laid(item.replace("\n", "\n  "), "") for item in news]
    lines.append(laid(seat.question()))
    if point.package is not None:
        lines.append(laid(exchange(seat.scenario, point.package), "  "))
    if draft is not None:
        lines += [offer_table(draft, point), "  + them, + me, swap, set TERM LEVEL; then: offer"]
    else:
        lines += [numbered(seat.answers())]
    return "\n".join(lines)


def numbered(answers: Iterable[Answer]) -> str:
    """Return what may be answered, with its numbers."""
    return "\n".join(f"  {n}  {answer.label}" for n, answer in enumerate(answers, 1))


def offer_table(draft: Draft, point: Point) -> str:
    """Return an offer that is being put together, term by term, and what it is worth."""
    view, scenario = draft.view, draft.scenario
    rows = [["", "", "now", "offer", "your last", "their last", "limit"]]
    sides: dict[bool, list[list[str]]] = {True: [], False: []}
    for k, item in enumerate(view.issues):
        issue = scenario.issues[item.key]
        unit = issue.unit if len(issue.unit) < 10 and issue.unit != "index" else ""
        name = f"{issue.name}{f' ({unit})' if unit else ''}"
        last = typed(issue, view.my_last_offer[k]) if view.offers_made else ""
        theirs = typed(issue, view.last_offer[k]) if view.last_offer is not None else ""
        sides[item.conceded_by == view.side].append(
            [f"  {k + 1:>2}", shortened(name), typed(issue, 0.0), typed(issue, draft.package[k]),
             last, theirs, typed(issue, item.reach)]
        )  # fmt: skip
    for own, head in ((True, "you give"), (False, "they give")):
        if sides[own]:
            rows += [["  ", head, "", "", "", "", ""], *sides[own]]
    worth = (
        f"Worth {worth_of(point, draft.ours)} to you: {percent(min(max(draft.share, 0.0), 1.0))} "
        f"of your way from walking away ({worth_of(point, view.walk_away)}) to the best you could "
        f"get ({worth_of(point, view.ideal)}). About {worth_of(point, draft.theirs)} to them."
    )
    return "\n".join([*columns("llrrrrr", rows), laid(worth, "  ")])


def shortened(name: str) -> str:
    """Return a name that fits its column."""
    return name if len(name) <= NAME else f"{name[: NAME - 3].rstrip()}..."


def status(seat: Seat) -> str:
    """Return what the side knows."""
    point = seat.waiting()
    talks = point.view.records[0]
    own = point.view.index
    lines = [f"{full_date(point.date)}."]
    if hides := seat.own_type():
        lines.append(hides)
    if belief := believed(seat):
        lines.append(belief)
    lines.append(
        f"So far the path has brought you {told(float(talks.account[own]), seat.scenario)}; what "
        f"is signed brings {worth_of(point, float(talks.yearly_gain[own]))}. "
        f"Tension stands at {float(talks.tension):.1f} (0 is calm)."
    )
    return "\n".join(laid(line) for line in lines)


def future_lines(seat: Seat, futures: Sequence[Future], runs: int) -> str:
    """Return what comes of each choice."""
    rows = [["  if you choose", "signed", "truce lapses", "your score", "95%"]]
    for f in futures:
        low, high = told(f.score.low, seat.scenario), told(f.score.high, seat.scenario)
        rows.append(
            [f"  {f.choice}", percent(f.signed.p), percent(f.lapsed.p),
             told(f.score.value, seat.scenario), f"{low} to {high}"]
        )  # fmt: skip
    head = (
        f"This very game from here on, {counted(runs, 'time')} with other luck, the rules deciding "
        "after this for both. It knows what the other side hides, so it counts in the debrief. "
        f"Score: {about_score(seat.scenario)}."
    )
    return "\n".join([laid(head), *columns("lrrrr", rows)])


def debriefed(found: Debrief, seat: Seat, pictures: Sequence[Path], kept: Path) -> str:
    """Return the debrief as a page of text."""
    lines = ["", "Debrief"]
    for heading, told_here in sections(found, seat):
        lines += ["", heading] if heading else [""] * (len(lines) > 2)
        lines += told_here
    lines += ["", "The picture: your path of offers, the frontier, what would have been fair"]
    lines += [f"  {path}" for path in pictures]
    lines.append(f"The game: {kept}")
    return "\n".join(laid(line) for line in lines)


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
