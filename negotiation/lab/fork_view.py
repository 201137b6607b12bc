"""What the Watch tab shows of a run in which something was decided otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from negotiation.lab.forking import Beside, Fork
from negotiation.lab.markup import tag, text
from negotiation.lab.odds_view import signed
from negotiation.lab.watch_view import chosen, in_force, lines_html
from negotiation.lab.watching import Scene
from negotiation.scenario import SIDES, Scenario
from negotiation.words.language import joined, tr, trc, trn
from negotiation.words.numbers import percent
from negotiation.words.outcomes import ending_label
from negotiation.words.parties import by_seat
from negotiation.words.scene import capital, date_of, full_date


def fork_summary(fork: Fork, scenario: Scenario) -> str:
    """Return a decision that was not left to the rules, and what its rule would have chosen.

    Examples
    --------
    >>> from negotiation.game.choices import Kind
    >>> fork = Fork("china", Kind.ANSWER, 0.0, 1, "accept", "refuse", False, False)
    >>> fork_summary(fork, Scenario.load("stockholm-2025"))
    'Decided otherwise for China: accept. Its own rule: refuse.'
    """
    mine, rule = (
        chosen(choice) if isinstance(choice, str) else asks(choice)
        for choice in (fork.chosen, fork.by_rule)
    )
    side = by_seat(scenario)[fork.side].name
    said = (
        tr("Decided for {side}: {choice}, as by its own rule.", side=side, choice=mine)
        if fork.same
        else tr(
            "Decided otherwise for {side}: {choice}. Its own rule: {rule}.",
            side=side, choice=mine, rule=rule,
        )
    )  # fmt: skip
    return joined(said, tr("The luck is another one from here on.") if fork.luck else "")


def asks(share: float) -> str:
    """Return an offer as what its side asks for."""
    return trc("an offer", "ask for {share} of what there is for it", share=percent(share))


def unbroken(amount: str) -> str:
    """Return an amount whose sign is never left alone at the end of a line."""
    return amount.replace("\N{MINUS SIGN}", "\N{MINUS SIGN}\N{WORD JOINER}")


def marks(forks: Sequence[Fork], scenario: Scenario) -> list[tuple[int, str]]:
    """Return what stands in the transcript where something was decided otherwise.

    Each comes with how many events stand before it.
    """
    found = []
    for fork in forks:
        date = full_date(date_of(scenario, fork.day))
        said = tag("b", text(date)), " ", text(fork_summary(fork, scenario))
        found.append((fork.events, tag("li", *said, class_="fork")))
    return found


def changed_html(scene: Scene, found: Beside) -> str:
    """Return where the run stands as decided and by the rules alone, and the difference."""
    scenario, names, unit = scene.scenario, by_seat(scene.scenario), scene.scenario.unit
    regimes = ((scene.regime, scene.expiry), (found.regime, found.expiry))
    if scene.over:
        state = tr("How it ends")
        stands = [capital(ending_label(x.outcome, scenario)) for x in (scene.talks, found.talks)]
    else:
        state = tr("Where it stands")
        stands = [in_force(scenario, *regime, over=False) for regime in regimes]
    alike = tr("the same") if stands[0] == stands[1] else tr("not the same")
    rows = [(state, *stands, alike)]
    for side in SIDES if found.gains else ():
        mine, theirs = (found.gains or {})[side]
        amounts = (unbroken(signed(x, unit)) for x in (mine, theirs, mine - theirs))
        rows.append((tr("{side} gained", side=names[side].title), *amounts))
    head = ("", tr("As decided"), tr("By the rules alone"), tr("Difference"))
    date = full_date(scene.date)
    caption = (
        tr("By {date}, the end. Both meet the same news and hide the same types.", date=date)
        if scene.over
        else tr(
            "By {date}; go on to the end to see what becomes of it. Both meet the same news and "
            "hide the same types.", date=date,
        )
    )  # fmt: skip
    if any(fork.luck for fork in found.forks):
        caption = tr(
            "By {date}. The luck differs too, so not all of it is the decision's.", date=date
        )
    told = tr("It is one course of events: with other luck the same may change something else.")
    cells = tag("tr", *(tag("th" if name else "td", text(name)) for name in head))
    body = [
        tag("tr", tag("th", text(row[0]), scope="row"), *(tag("td", text(x)) for x in row[1:]))
        for row in rows
    ]
    table = tag("table", tag("caption", text(caption)), cells, *body, class_="futures beside")
    title = trn("What the decision changed", "What {n} decisions changed", len(found.forks))
    forks = (tag("p", text(fork_summary(fork, scenario))) for fork in found.forks)
    return tag(
        "section", tag("h2", text(title)), *forks, tag("div", table, class_="over"),
        tag("p", text(told), class_="note"),
    )  # fmt: skip


def both_html(scene: Scene, found: Beside) -> str:
    """Return both transcripts side by side, from the first decision taken otherwise on."""
    first = found.forks[0].events
    alike = trn(
        "Up to there both are alike: {n} event.", "Up to there both are alike: {n} events.", first
    )
    here = lines_html(scene.talks, over=scene.over, first=first,
                      between=marks(found.forks, scene.scenario))  # fmt: skip
    there = lines_html(found.talks, over=scene.over, first=first)
    columns = [
        tag("section", tag("h3", text(title)), tag("ol", told), class_="transcript whole")
        for title, told in ((tr("As decided"), here), (tr("By the rules alone"), there))
    ]
    return tag("h2", text(tr("Side by side from there on"))) + tag(
        "p", text(alike), class_="note"
    ) + tag("div", *columns, class_="columns")  # fmt: skip
