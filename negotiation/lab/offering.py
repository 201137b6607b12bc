"""An offer that is put together in the Play tab: a slider a term, and buttons for a little."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from negotiation.lab import play_view as view
from negotiation.lab import play_words as words
from negotiation.lab.controls import button, controls, panel
from negotiation.lab.hinting import Hints
from negotiation.lab.latest import use_latest
from negotiation.lab.markup import tag, text
from negotiation.lab.playing import Chair, Look, rounded
from negotiation.seat.draft import Draft
from negotiation.words.language import tr


@solara.component
def Offering(
    chair: Chair, seen: Look, decide: Callable[[Any], None], went_on: Callable[[], None]
) -> None:
    """Show the draft of an offer and what changes it."""
    assert seen.draft is not None
    drafted, put_draft = use_latest(seen.draft)
    said, set_said = solara.use_state("")
    point = solara.use_memo(chair.seat.waiting, [])
    sides = drafted.current.view

    def changed(to: Draft, otherwise: str = "") -> None:
        set_said(otherwise if to.package == drafted.current.package else "")
        put_draft(rounded(to))

    def act(key: str, _: Any) -> None:
        draft = drafted.current
        if key == "offer":
            decide(draft.package)
        elif key == "hold":
            decide(sides.my_last_offer)
        elif key == "them":
            changed(draft.for_them(), tr(words.NO_MORE))
        elif key == "us":
            changed(draft.for_us(), tr(words.NO_MORE))
        elif key == "swap":
            changed(draft.swapped(), tr(words.NO_SWAP))
        elif key == "mine":
            changed(draft.holding(sides.my_last_offer))
        elif key == "theirs" and sides.last_offer is not None:
            changed(draft.holding(sides.last_offer))

    def slid(key: str, value: Any) -> None:
        if value is not None:
            set_said("")
            put_draft(rounded(view.moved(drafted.current, key, float(value))))

    draft = drafted.current
    panel(view.draft_html(draft, point), live=True)
    little = [
        button("them", tr(words.FOR_THEM)), button("us", tr(words.FOR_US)),
        button("swap", tr(words.SWAP)),
        button("mine", tr(words.FROM_MINE), disabled=not sides.offers_made),
        button("theirs", tr(words.FROM_THEIRS), disabled=sides.last_offer is None),
    ]  # fmt: skip
    controls(little, act, label=tr(words.FOR_THEM), look="lane")
    panel(tag("p", text(said or tr(words.SWAP_HELP)), class_="note"), live=True)
    finals = [button("offer", tr(words.OFFER), main=True)]
    if sides.offers_made:
        finals.append(button("hold", tr(words.HOLD)))
    controls(finals, act, label=tr(words.OFFER), look="lane large")
    with solara.Div(classes=["columns"]):
        for ours, head in ((True, tr(words.YOU_GIVE)), (False, tr(words.THEY_GIVE))):
            terms = view.sliders(draft, ours=ours)
            if terms:
                with solara.Div():
                    panel(tag("h3", text(head)))
                    controls(terms, slid, label=head)
    Hints(chair, seen, went_on, draft.package, lambda p: changed(drafted.current.holding(p)))
