"""The lab in Chinese: every tab opens without an error, and says nothing in English."""

from __future__ import annotations

import re
from typing import Any

from browsing import DESK, PHONE, fits, heard

from negotiation.tactics.registry import BUILT_IN

STAYS = {"H"}  # of H20, a chip
LABELS = """[...document.querySelectorAll('main.lab [aria-label], main.lab [title]')].map(
  e => (e.getAttribute('aria-label') || '') + ' ' + (e.getAttribute('title') || ''))"""
READY = {
    "": ".lane.ask input",
    "ask=no&guess=0.6,0.2": ".figure .guessed",
    "tab=odds": ".figure .big",
    "tab=watch&taken=40": ".picture",
    'tab=watch&taken=16&order={"at":9,"answer":"no"}': ".futures",
    "tab=game&shown=best,dominated,equilibria,logit": ".matrix .box",
    "tab=game&game=own&shown=best,dominated,equilibria": ".matrix .best",
    "tab=replay&replayed=7": ".list button",
    "tab=play": ".large button",
    "tab=play&side=china&hand=5": ".play .asked",
    "tab=play&side=china&hand=5&at=4": ".play .figure-line",  # an offer is to be made
    "tab=play&quiz=3": ".demands",
}
STRATEGIES = {word for name in BUILT_IN for word in name.split("-")}


def stays(query: str) -> set[str]:
    """What is in Latin letters in any language: the names of strategies, where they are shown."""
    if "quiz" in query:
        return STAYS | STRATEGIES
    return STAYS | {"boulware"} if "side=" in query else STAYS


def test_every_tab_speaks_chinese(chromium: Any, chinese_lab: str) -> None:
    """No console error, no request elsewhere, no Latin letter to be read but in a name.

    Each is drawn once at a desk and turned to a phone, where it is as wide as the window, too.
    """
    with heard(chromium, chinese_lab, DESK) as (page, _):
        page.set_default_timeout(60_000)
        for query, ready in READY.items():
            page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
            page.goto(f"{chinese_lab}?{query}")
            page.wait_for_selector(ready)
            page.wait_for_timeout(1500)
            for width, height in (DESK, PHONE):
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(250)
                said = " ".join(page.locator("main.lab, main.lab svg text").all_text_contents())
                labels = page.evaluate(LABELS)
                found = set(re.findall(r"[A-Za-z]+", " ".join([said, *labels])))
                left = sorted(found - stays(query))
                assert left == [], (query, left[:20])
                fits(page)
            assert page.evaluate("document.documentElement.lang") == "zh-CN"
        assert page.title() == "谈判实验室"
        assert "本译文尚未经母语读者审阅。" in page.locator(".foot").inner_text()


def test_the_drawer_and_a_lever_in_chinese(chromium: Any, chinese_lab: str) -> None:
    """All numbers have a Chinese name and sentence; a lever moves and is put back."""
    page = chromium.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{chinese_lab}?ask=no")
    page.wait_for_selector(".figure .big")
    drawer = page.locator("select").first
    for option in page.locator("select option").all_inner_texts()[1:]:
        drawer.select_option(option)
        page.wait_for_timeout(400)
        shown = page.locator(".levers").inner_text()
        assert "只有英文" in shown, option  # who states a number is left out, and that is said
        found = set(re.findall(r"[A-Za-z]+", shown))
        assert found <= STAYS | {"calendar", "ruling", "deadline", "ultimatum"}, (option, found)
    slider = page.get_by_role("slider", name="最后通牒的代价")
    slider.focus()
    page.keyboard.press("End")
    page.get_by_role("button", name="复原：最后通牒的代价").click()
    page.close()
