"""A game that a person plays, as text: the question, the offer at hand, hints, the debrief."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from negotiation.cli.columns import columns
from negotiation.seat.draft import Draft, typed
from negotiation.seat.hints import Future
from negotiation.seat.score import about_score, score_text
from negotiation.seat.seat import Seat
from negotiation.seat.telling import believed, sections, sides_of, so_far
from negotiation.seat.words import Answer, calendar_line, worth_of
from negotiation.seats import opposite
from negotiation.transcript.telling import opening
from negotiation.words.language import data, joined, marked, tr, trc, trn, unreviewed
from negotiation.words.numbers import percent
from negotiation.words.packages import exchange
from negotiation.words.scene import capital, full_date
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
    rule = getattr(seat.scenario, opposite(seat.side)).strategy.words
    played = tr("{other} is played by its rule ({strategy}).", other=capital(other), strategy=rule)
    lines = [data(seat.scenario.title), joined(decides, played), opening(seat.scenario)]
    if hides := seat.own_type():
        lines.append(tr("What only you know: {hidden}", hidden=hides))
    lines.append(tr("Type help for what can be typed. The game is kept in {path}.", path=path))
    if remark := unreviewed():
        lines.append(remark)
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
    lines = [tr("{this}.", this=full_date(seat.waiting().date))]
    if hides := seat.own_type():
        lines.append(hides)
    if belief := believed(seat):
        lines.append(belief)
    lines.append(so_far(seat))
    return "\n".join(laid(line) for line in lines)


def future_lines(seat: Seat, futures: Sequence[Future], runs: int) -> str:
    """Return what comes of each choice."""
    heads = tr("if you choose"), trc("a column", "signed"), tr("truce lapses"), tr("your score")
    rows = [[f"  {heads[0]}", *heads[1:], "95%"]]
    for f in futures:
        low, high = score_text(f.score.low, seat.scenario), score_text(f.score.high, seat.scenario)
        rows.append(
            [f"  {f.choice}", percent(f.signed.p), percent(f.lapsed.p),
             score_text(f.score.value, seat.scenario),
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
    lines = ["", tr("Debrief")]
    for heading, told_here in sections(found, seat):
        lines += ["", heading] if heading else [""] * (len(lines) > 2)
        lines += told_here
    lines.append("")
    lines.append(tr("The picture: your path of offers, the frontier, what would have been fair"))
    lines += [f"  {path}" for path in pictures]
    lines.append(tr("The game: {path}", path=kept))
    return "\n".join(laid(line) for line in lines)


def quiz_round(number: int, total: int, asked: Round) -> str:
    """Return a question of the quiz: the demands as bars, and the list."""
    said = tr(
        "Round {number} of {total}. Two sides share a pie; each can walk away from a fifth of it. "
        "Whose offers are marked *? Its opponent plays {against}.",
        number=number, total=total, against=trc("strategy", asked.against),
    )  # fmt: skip
    lines = ["", laid(said)]
    for n, (own, part) in enumerate(asked.demands, 1):
        bar = ("#" if own else ".") * round(40 * part)
        mark = "*" if own else " "
        asks = tr("asks for {part}", part=percent(part).rjust(4))
        lines.append(f"  {n:>2} {mark} {asks}  {bar}")
    end = tr("accepted") if asked.accepted else tr("no agreement: the time is up")
    lines.append(f"     {end}")
    lines += [f"  {n}  {trc('strategy', name)}" for n, name in enumerate(asked.options, 1)]
    return "\n".join(lines)


def quiz_answer(asked: Round, given: str) -> str:
    """Return whether an answer was right, and where the strategy comes from."""
    right = given == asked.answer
    names = {"given": trc("strategy", given), "answer": trc("strategy", asked.answer)}
    verdict = (
        tr("Right: {answer}.", **names) if right else tr("No, not {given}: {answer}.", **names)
    )
    source = tr("Source: {source}.", source=asked.source)
    return laid(joined(verdict, trc("strategy", asked.summary), source))
