"""Hints in the Play tab: what theory would do, a thousand delegations, a thousand futures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from negotiation.errors import InputError
from negotiation.game import Kind
from negotiation.lab import play_view as view
from negotiation.lab import play_words as words
from negotiation.lab.controls import button, controls, panel
from negotiation.lab.markup import tag, text
from negotiation.lab.playing import Chair, Look, hinted
from negotiation.words.language import tr, trc


@solara.component
def Hints(
    chair: Chair,
    seen: Look,
    went_on: Callable[[], None],
    package: Any = None,
    drafted: Callable[[Any], None] | None = None,
) -> None:
    """Show hints once they are asked for; ``drafted`` takes an offer that theory would make."""
    shown, set_shown = solara.use_state("")
    html, set_html = solara.use_state("")
    offers, set_offers = solara.use_state(())
    asked = package if shown == "futures" else None

    def find(cancel: Any) -> None:
        if not shown:
            return
        waits = {"futures": words.FUTURES_WAIT, "rule": words.RULE_WAIT}
        set_html(tag("p", text(tr(waits[shown]))) if shown in waits else "")
        try:
            found = hinted(chair, shown, asked)
        except InputError as error:
            found = [str(error)]
        if cancel.is_set():
            return
        made: tuple[Any, ...] = ()
        if shown == "futures":
            told = view.futures_html(found, seen.scenario)
            went_on()  # that it was looked at is kept
        elif seen.kind is Kind.OFFER:
            made = tuple(found)
            with chair.held() as seat:
                point = seat.waiting()
            told = view.hints_html([view.suggested(one, point) for one in found])
        else:
            told = view.hints_html(found or [tr(words.NO_THEORY)])
        set_offers(made)
        set_html(told)

    solara.use_thread(find, [shown, asked], intrusive_cancel=False)

    def act(key: str, _: Any) -> None:
        if key in ("theory", "rule", "futures"):
            set_offers(())
            set_html("")
            set_shown("" if shown == key else key)
        elif drafted is not None:
            for one in offers:
                if one.name == key:
                    drafted(one.package)

    items = [
        button("theory", tr(words.THEORY), pressed=shown == "theory"),
        button("rule", tr(words.RULE), pressed=shown == "rule"),
        button("futures", tr(words.FUTURES), pressed=shown == "futures"),
    ]
    items += [button(one.name, tr(words.TAKE, name=trc("suggestion", one.name))) for one in offers]
    controls(items, act, label=tr(words.HINTS), look="lane")
    panel(html, live=True)
