"""The two kinds of things on the page: controls that answer to people, and panels that show HTML.

Both are small Vue templates, so that a slider moves at once and tells Python at most every 40 ms,
and so that every control is the browser's own: known to keyboards and to screen readers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import solara

Act = Callable[[dict[str, Any]], None]


@solara.component_vue("controls.vue", vuetify=False)
def _controls(listed: str, label: str, look: str, every: int, event_act: Act) -> None:
    pass


@solara.component_vue("panel.vue", vuetify=False)
def _panel(
    html: str, look: str, live: bool, follow: bool, label: str, query: str | None, take: bool
) -> None:
    pass


def controls(
    items: list[dict[str, Any]],
    act: Callable[[str, Any], object],
    *,
    label: str,
    look: str = "",
    every: int = 0,
) -> Any:
    """Put controls on the page.

    Parameters
    ----------
    items : list of dict
        Each with ``kind`` (slider, button, select, number, text, link), ``key`` and ``label``.
    act : callable
        Called with the key and the value of what was touched; None puts a slider back.
    label : str
        What they are together, for who cannot see them.
    look : str
        Classes of the style sheet.
    every : int
        Milliseconds after which ``act`` is called with the key "tick", again and again; 0 never.
    """

    def heard(told: dict[str, Any]) -> None:
        act(str(told.get("key")), told.get("value"))

    # As text: Reacton would walk through every entry of a list, of all controls, at each change.
    listed = json.dumps(items)
    return _controls(listed=listed, label=label, look=look, every=every, event_act=heard)


def panel(
    html: str,
    *,
    look: str = "",
    live: bool = False,
    follow: bool = False,
    label: str = "",
    query: str | None = None,
    take: bool = False,
) -> Any:
    """Put HTML on the page.

    ``live`` has changes read out; ``follow`` keeps its end in sight; ``query`` is put into the
    address of the page; ``take`` has it take the focus whenever the control that had it is gone.
    """
    return _panel(
        html=html, look=look, live=live, follow=follow, label=label, query=query, take=take
    )


def button(key: str, label: str, **more: Any) -> dict[str, Any]:
    """Return a button as an item of :func:`controls`."""
    return {"kind": "button", "key": key, "label": label, **more}
