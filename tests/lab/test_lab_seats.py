"""Taking a side in the lab, in a browser: one person, two people, and what neither may see."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from browsing import DESK, PHONE, SIZES, WAIT, fits, linked, opened, press, violations

import negotiation as ng
from negotiation.seat.seat import Seat

HAND = 5
RULE = "Let my own rule decide this"
PRESS = """name => [...document.querySelectorAll('button')]
  .find(one => one.innerText === name && !one.disabled)?.click()"""


def to_the_debrief(*pages: Any) -> None:
    """Leave every decision to the own rule, whoever is to decide, until all is told."""
    for page in pages:
        page.evaluate(f"rule => setInterval(() => ({PRESS})(rule), 60)", RULE)
    for page in pages:
        # a whole game is played by pressing a button, beside whatever else this machine does
        page.get_by_role("heading", name="Debrief").wait_for(timeout=4 * WAIT)


def by_rule(page: Any) -> None:
    """Leave a decision to the own rule, if one waits: no matter whether the page is redrawn."""
    page.evaluate(PRESS, RULE)
    page.wait_for_timeout(80)


def decides(page: Any, name: str) -> bool:
    """Whether there is such a button."""
    return bool(page.get_by_role("button", name=name).count())


@SIZES
def test_one_person_plays_to_the_debrief(
    chromium: Any, small_lab: str, axe: Path, size: tuple[int, int]
) -> None:
    """By keyboard: an answer, an offer by slider and by buttons; the link; the debrief.

    The checker of accessibility finds nothing at the beginning, at the offer and in the end.
    """
    scheme = "light" if size == DESK else "dark"
    with opened(chromium, small_lab, size, scheme, "?tab=play") as page:
        field = page.get_by_label("Hand")
        field.wait_for()
        assert violations(page, axe) == []
        field.fill(str(HAND))
        field.press("Enter")
        page.get_by_role("button", name="Play for China", exact=True).press("Enter")
        linked(page, f"side=china&hand={HAND}")
        page.locator(".play").wait_for()
        page.wait_for_function("document.activeElement.className === 'panel asked'")
        while not decides(page, "Put it on the table"):
            at = page.url
            page.locator(".large button").first.press("Enter")
            page.wait_for_function("old => location.href !== old", arg=at)
            page.wait_for_timeout(300)  # until all of it is drawn
            page.wait_for_function("document.activeElement !== document.body")
        slider = page.get_by_role("slider", name="Purchase commitments")
        slider.focus()
        page.keyboard.press("End")
        page.wait_for_function(
            "id => document.getElementById(id).getAttribute('aria-valuetext').startsWith('$26bn')",
            arg=slider.get_attribute("id"),
        )
        worth = page.locator(".figure-line").inner_text()
        press(page, "A little more for us")
        page.wait_for_function(
            "old => document.querySelector('.figure-line').innerText !== old", arg=worth
        )
        press(page, "What would theory do?")
        page.get_by_role("button", name="Draft it: nash").click()
        fits(page)
        assert violations(page, axe) == []
        press(page, "Put it on the table")
        linked(page, "package")
        page.reload()
        page.get_by_text("The last offer of China").wait_for()
        to_the_debrief(page)
        page.get_by_text("What the other side hid").wait_for()
        page.get_by_role("img", name="Worth to").wait_for()
        fits(page)
        assert violations(page, axe) == []


def test_two_people_play_each_other(chromium: Any, small_lab: str) -> None:
    """Each sees when the other has decided; a third finds no seat; one's own link leads back."""
    with (
        opened(chromium, small_lab, DESK, query="?tab=play") as one,
        opened(chromium, small_lab, PHONE) as other,
        opened(chromium, small_lab, PHONE) as third,
    ):
        heard = [listened(page) for page in (one, other)]
        press(one, "Open a table and play for China")
        link = one.get_by_role("textbox", name="Link for the other side").input_value()
        assert urlsplit(link).netloc == urlsplit(small_lab).netloc
        other.goto(link)
        press(other, "Take the seat of the United States")
        other.locator(".play").wait_for()
        one.get_by_text("Send this link").wait_for(state="detached")
        third.goto(link)
        third.get_by_text("Both seats at this table are taken.").wait_for()
        # whoever is to decide does so, and the other page shows what has been heard, unasked
        while not decides(other, "Put it on the table"):
            by_rule(one)
            if not decides(other, "Put it on the table"):
                by_rule(other)
        one.get_by_text("Waiting for the United States").wait_for()
        press(other, "Put it on the table")
        one.get_by_text("The last offer of the United States").wait_for()
        other.goto(link)  # the same browser: back to its seat
        other.get_by_text("The last offer of the United States").wait_for()
        hidden = [page.locator(".mind p").first.inner_text() for page in (one, other)]
        assert hidden[0].startswith("China is") and hidden[1].startswith("The United States is")
        for told, secret in zip(heard, hidden[::-1], strict=True):
            assert not any(secret in frame for frame in told)
        to_the_debrief(one, other)
        one.get_by_text("What the other side hid").wait_for()


def listened(page: Any) -> list[str]:
    """All that a page is sent over its websockets from now on."""
    found: list[str] = []

    def hear(frame: Any) -> None:
        found.append(frame if isinstance(frame, str) else frame.decode("utf-8", "replace"))

    page.on("websocket", lambda socket: socket.on("framereceived", hear))
    page.reload()  # the socket that is open already was not heard
    page.wait_for_selector(".controls.tabs button")
    return found


def test_the_other_sides_type_is_not_sent_before_the_debrief(chromium: Any, small_lab: str) -> None:
    """Neither the page nor anything that it is sent tells it; once the game is over, both do."""
    seat = Seat(ng.Scenario.load("stockholm-three-issues"), "china", seed=HAND)
    secret = Seat(seat.scenario, "us", seed=HAND).own_type().split(";")[0]
    assert secret not in seat.own_type()
    with opened(chromium, small_lab, DESK, query="?tab=play") as page:
        told = listened(page)
        page.goto(f"{small_lab}?tab=play&side=china&hand={HAND}")
        for hint in ("What would theory do?", "What do a thousand delegations do?"):
            press(page, hint)
            page.locator(".play li").first.wait_for()
        while True:
            shown, sent = page.content(), [*told]
            page.wait_for_timeout(200)  # what was on its way may be the debrief, which tells it
            if page.get_by_role("heading", name="Debrief").count():
                break
            assert secret not in shown and not any(secret in frame for frame in sent)
            by_rule(page)
        page.get_by_text(secret).wait_for()
        assert secret in page.content() and any(secret in frame for frame in told)


def test_a_strategy_is_named(chromium: Any, small_lab: str, axe: Path) -> None:
    """A round of the quiz by keyboard; the link holds what was answered."""
    with opened(chromium, small_lab, PHONE, query="?tab=play&quiz=3") as page:
        page.get_by_text("Round 1 of 5").wait_for()
        fits(page)
        page.locator(".large button").nth(1).press("Enter")
        page.get_by_text("Round 2 of 5").wait_for()
        page.get_by_text("Source: ").wait_for()
        linked(page, "quiz=3&named=")
        assert violations(page, axe) == []
