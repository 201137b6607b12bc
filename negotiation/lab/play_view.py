"""What the Play tab shows of a seat: the table, the question, hints, the debrief, the quiz."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from negotiation.game import Point
from negotiation.lab import play_words as words
from negotiation.lab.markup import band, scale, tag, text
from negotiation.lab.playing import Look
from negotiation.lab.watch_view import now_html, picture_html
from negotiation.lab.watching import Scene
from negotiation.scenario import Scenario
from negotiation.scenario.sections import Issue
from negotiation.seat.draft import Draft, typed
from negotiation.seat.hints import Future, Suggestion
from negotiation.seat.quiz import Round
from negotiation.seat.score import about_score, score_text
from negotiation.seat.telling import Section
from negotiation.seat.words import worth_of
from negotiation.seats import opposite
from negotiation.words.language import data, in_list, joined, tr, trc
from negotiation.words.numbers import percent
from negotiation.words.scene import capital

STEPS = 40  # of a slider
HEAD_ENDS = re.compile(r"\. |\N{FULLWIDTH COLON}")  # where the date and the place of news end
Item = dict[str, Any]


def paragraphs(said: str, **attributes: object) -> str:
    """Return text as paragraphs, a line each."""
    return "".join(tag("p", text(line), **attributes) for line in said.split("\n") if line)


def seat_html(seen: Look, by: str) -> str:
    """Return who plays whom, the calendar, and what only this side knows of itself."""
    who = joined(tr(words.YOU_ARE, side=seen.own), by)
    parts = [tag("p", text(who), class_="note"), now_html(seen.moment)]
    if seen.calendar:
        parts.append(tag("p", text(tr("{this}.", this=seen.calendar))))
    return "".join(parts)


def knows_html(seen: Look) -> str:
    """Return what this side knows of itself, believes of the other, and has got so far."""
    parts = [paragraphs(line) for line in (seen.hides, seen.believes, seen.so_far) if line]
    if not parts:
        return ""
    return tag("section", tag("h2", text(tr(words.ONLY_YOU))), *parts, class_=f"mind {seen.side}")


def table_html(seen: Look) -> str:
    """Return the last offer of each side, as both see them, and their worth to this side."""
    parts = []
    for side, name in ((seen.side, seen.own), (opposite(seen.side), seen.other)):
        if side in seen.standing:
            parts.append(tag("h3", text(capital(tr(words.LAST_OF, name=name)))))
            package, worth = seen.standing[side]
            parts.append(paragraphs(package))
            said = tr(words.WORTH_TO_YOU, worth=worth, floor=seen.floor)
            parts.append(tag("p", text(said), class_="note"))
    parts = parts or [tag("p", text(tr(words.NO_OFFER)))]
    return tag("section", tag("h2", text(tr(words.ON_THE_TABLE))), *parts)


def news_html(seen: Look) -> str:
    """Return what the delegation has heard, a line an event."""
    lines = []
    for told_here in seen.news:
        head, rest = (*HEAD_ENDS.split(told_here, maxsplit=1), "")[:2]
        lines.append(tag("li", tag("b", text(head)), " ", "<br>".join(map(text, rest.split("\n")))))
    return tag("ol", "".join(lines) or tag("li", text(tr(words.NO_NEWS))))


def question_html(seen: Look) -> str:
    """Return the decision that waits for this side."""
    parts = [tag("h2", text(tr(words.YOURS))), paragraphs(seen.question)]
    if seen.paper:
        parts.append(tag("div", paragraphs(seen.paper), class_="paper"))
    return "".join(parts)


def draft_html(draft: Draft, point: Point) -> str:
    """Return what an offer is worth that is being put together."""
    view, share = draft.view, min(max(draft.share, 0.0), 1.0)
    said = tr(
        words.WORTH,
        ours=worth_of(point, draft.ours), share=percent(share),
        floor=worth_of(point, view.walk_away), ideal=worth_of(point, view.ideal),
        theirs=worth_of(point, draft.theirs),
    )  # fmt: skip
    return tag("p", text(said), class_="figure-line") + scale(
        band(0.0, share, f"bar {view.side}"), class_="scale thin"
    )


def sliders(draft: Draft, *, ours: bool) -> list[Item]:
    """Return the terms that one side gives as sliders, each in its own unit.

    Examples
    --------
    >>> from negotiation.seat import Seat
    >>> draft = Seat("split-the-pie", "us", seed=1).draft()
    >>> [one["label"] for one in sliders(draft, ours=True)], sliders(draft, ours=False)
    (['The pie'], [])
    """
    view, found = draft.view, []
    for k, item in enumerate(view.issues):
        if (item.conceded_by == view.side) != ours:
            continue
        issue = draft.scenario.issues[item.key]
        levels = [item.reach * n / STEPS for n in range(STEPS + 1)]
        values = {"now": 0.0, "limit": item.reach}
        if view.offers_made:
            values["mine"] = view.my_last_offer[k]
        if view.last_offer is not None:
            values["theirs"] = view.last_offer[k]
        said = [
            tr(words.BEFORE[name], value=level_at(issue, values[name]))
            for name in words.BEFORE
            if name in values
        ]
        place = STEPS * draft.package[k] / item.reach if item.reach > 0.0 else 0.0
        found.append(
            {"kind": "slider", "key": item.key, "label": capital(data(item.name)), "unit": "",
             "min": 0, "max": STEPS, "step": 1, "value": round(place),
             "said": draft.amount(item.key),
             "words": [amount_at(draft, item.key, z) for z in levels],
             "help": tr("{this}.", this=capital(in_list(said)))}
        )  # fmt: skip
    return found


def level_at(issue: Issue, z: float) -> str:
    """Return a level as it may be typed; Chinese counts $bn in hundreds of millions, as its words.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> level_at(Scenario.load("stockholm-2025").issues["purchase_commitments"], 0.5)
    '25'
    """
    level = typed(issue, z)
    if not issue.unit.startswith("$bn"):
        return level
    tens = f"{10 * float(level):g}"
    return trc("level", "{billions}", billions=level, hundred_millions=tens)


def amount_at(draft: Draft, key: str, z: float) -> str:
    """Return a level of a term in its own unit."""
    from negotiation.words.packages import amount

    return amount(draft.scenario.issues[key], z)


def moved(draft: Draft, key: str, step: float) -> Draft:
    """Return a draft with one term at a step of its slider."""
    package = tuple(
        item.reach * min(max(step, 0.0), STEPS) / STEPS if item.key == key else z
        for item, z in zip(draft.view.issues, draft.package, strict=True)
    )
    return draft.holding(package)


def hints_html(lines: Sequence[str]) -> str:
    """Return hints in sentences."""
    return tag("ul", *(tag("li", text(line)) for line in lines))


def suggested(suggestion: Suggestion, point: Point) -> str:
    """Return an offer of theory in a sentence."""
    return tr(
        words.SUGGESTED, name=trc("suggestion", suggestion.name), about=suggestion.about,
        ours=worth_of(point, suggestion.ours), theirs=worth_of(point, suggestion.theirs),
    )  # fmt: skip


def futures_html(found: Sequence[Future], scenario: Scenario) -> str:
    """Return what comes of each choice, as a table."""
    head = tag("tr", *(tag("th", text(tr(name)), scope="col") for name in words.FUTURES_HEAD))
    rows = []
    for f in found:
        low, high = score_text(f.score.low, scenario), score_text(f.score.high, scenario)
        cells = (percent(f.signed.p), percent(f.lapsed.p), score_text(f.score.value, scenario),
                 trc("interval", "{low} to {high}", low=low, high=high))  # fmt: skip
        rows.append(
            tag("tr", tag("th", text(f.choice), scope="row"), *(tag("td", text(c)) for c in cells))
        )
    caption = tag(
        "caption", text(joined(tr(words.FUTURES_NOTE), tr(words.SCORE, what=about_score(scenario))))
    )
    return tag("div", tag("table", caption, head, *rows, class_="futures"), class_="over")


def debrief_html(parts: Sequence[Section], *, together: bool) -> str:
    """Return the debrief, its headings and paragraphs."""
    found = [tag("h2", text(tr(words.DEBRIEF)))]
    for heading, lines in parts:
        found += [tag("h3", text(heading))] if heading else []
        found += [tag("p", text(line)) for line in lines]
    if together:
        found.append(tag("p", text(tr(words.BY_RULES_NOTE)), class_="note"))
    return tag("section", *found, class_="debrief")


def path_html(scene: Scene) -> str:
    """Return both paths of offers against the frontier, now that nothing is hidden."""
    return picture_html(scene) + tag("p", text(tr(words.PICTURE_NOTE)), class_="note")


def round_html(number: int, total: int, asked: Round) -> str:
    """Return a question of the quiz: who asked for which part of the pie, offer by offer."""
    rows = []
    for own, part in asked.demands:
        said = tr(words.QUIZ_ASKS, mark="\N{BLACK STAR} " if own else "", part=percent(part))
        bar = scale(band(0.0, part, "bar driver" if own else "bar"), class_="scale thin")
        rows.append(tag("li", text(said), bar, class_="own" if own else None))
    end = tr(words.QUIZ_TAKEN) if asked.accepted else tr(words.QUIZ_OPEN)
    return "".join(
        (
            tag("h2", text(tr(words.QUIZ_HEAD, number=number, total=total))),
            tag("p", text(tr(words.QUIZ_ROUND, against=trc("strategy", asked.against)))),
            tag("ol", *rows, class_="demands"),
            tag("p", text(end)),
        )
    )


def answer_html(asked: Round, given: str) -> str:
    """Return whether an answer was right, what the strategy does, and where it comes from."""
    right = given == asked.answer
    verdict = tr(
        words.QUIZ_RIGHT if right else words.QUIZ_WRONG,
        given=trc("strategy", given), answer=trc("strategy", asked.answer),
    )  # fmt: skip
    return tag("p", tag("b", text(verdict)), " ", text(trc("strategy", asked.summary))) + tag(
        "p", text(tr(words.QUIZ_SOURCE, source=asked.source)), class_="note"
    )
