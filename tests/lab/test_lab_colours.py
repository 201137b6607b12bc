"""Who sees no colour reads the same: marks of a legend differ in shape, in pattern or in light."""

from __future__ import annotations

import io
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from browsing import DESK, opened
from PIL import Image

APART = 0.15  # of all that two marks put on their ground, laid on each other; 0 alike, 1 nothing
SIZE = 48
FORKED = '?tab=watch&taken=30&order={"at":9,"answer":"no"}'
PLACES = {  # where, which marks, and how many there are at least
    FORKED: [(".strip + .legend i", 6), (".key svg", 5), (".mind.us .stack i", 3)],
    "?tab=odds": [(".rows dt .dot", 4)],
}
BOXES = """names => [...document.querySelectorAll(names)].map(x => {
  const b = x.getBoundingClientRect();
  return [b.left + scrollX, b.top + scrollY, b.width, b.height].map(Math.round);
})"""


def ink(picture: np.ndarray, box: list[int]) -> np.ndarray:
    """What a mark puts on its ground, from -1 to 1, in the middle of a field."""
    left, top, wide, high = box
    ground = picture[top - 3, left]
    seen = picture[top : top + high, left : left + wide][:SIZE, :SIZE] - ground
    field = np.zeros((SIZE, SIZE))
    down, right = (SIZE - seen.shape[0]) // 2, (SIZE - seen.shape[1]) // 2
    field[down : down + seen.shape[0], right : right + seen.shape[1]] = seen
    return field


def apart(one: np.ndarray, two: np.ndarray) -> float:
    """How much of two marks differs: 0 for the same in another place, 1 for nothing in common."""
    return float(np.abs(one - two).sum() / (np.abs(one).sum() + np.abs(two).sum()))


def in_grey(page: Any) -> np.ndarray:
    """The page as who sees no colour sees it."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    return np.asarray(shot.convert("L"), float) / 255


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("query", PLACES, ids=["watch", "odds"])
def test_no_two_marks_of_a_legend_differ_by_colour_alone(
    chromium: Any, lab: str, query: str, scheme: str
) -> None:
    """Under Chromium's achromatopsia, in which all that is left of a colour is how light it is."""
    with opened(chromium, lab, DESK, scheme, query) as page:
        for marks, _ in PLACES[query]:
            page.locator(marks).first.wait_for()
        page.wait_for_timeout(3000)  # until the last odds are there, and bars in their places
        seen = in_grey(page)
        for marks, least in PLACES[query]:
            shown = [ink(seen, box) for box in page.evaluate(BOXES, marks)]
            assert len(shown) >= least, marks
            for (i, one), (j, two) in combinations(enumerate(shown), 2):
                assert apart(one, two) >= APART, (marks, i, j, apart(one, two))


def test_a_mark_that_differs_by_colour_alone_would_be_found(chromium: Any, lab: str) -> None:
    """Had both sides squares in the calendar, of colours as light as each other."""
    same = ".lab .legend .event { background: #777 !important; border-radius: 0 !important; }"
    with opened(chromium, lab, DESK, query=FORKED) as page:
        page.locator(".strip + .legend .event").first.wait_for()
        page.add_style_tag(content=same)
        page.wait_for_timeout(3000)
        seen = in_grey(page)
        boxes = page.evaluate(BOXES, ".strip + .legend .event.us, .strip + .legend .event.china")
        assert apart(*(ink(seen, box) for box in boxes)) < APART
