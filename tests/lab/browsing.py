"""A page of the lab in a browser, and what tests do with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

DESK, PHONE = (1366, 900), (390, 844)
WAIT = 30_000  # milliseconds: a machine may be busy


@contextmanager
def heard(
    chromium: Any, address: str, size: tuple[int, int], scheme: str = "light"
) -> Iterator[tuple[Any, list[str]]]:
    """A page not yet opened, and what is wrong with it: at the end the console has no error.

    Nor was anything asked for elsewhere than at the address.
    """
    context = forgetful(chromium)
    page, wrong = context.new_page(), list[str]()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
    forgets(page, address)
    page.set_default_timeout(WAIT)
    home = urlsplit(address).netloc
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda r: None if urlsplit(r.url).netloc in (home, "") else wrong.append(r.url),
    )
    yield page, wrong
    page.close()
    assert wrong == []


def forgetful(chromium: Any) -> Any:
    """Somebody's browser, with no page open: one is used again, as it has the files of the pages.

    They are some megabytes of programs, which else would be fetched and compiled for every test.
    """
    return next((one for one in chromium.contexts if not one.pages), None) or chromium.new_context()


def forgets(page: Any, address: str) -> None:
    """Nothing that a site has kept with the browser is there any more: cookies, storage."""
    home = urlsplit(address)
    page.context.clear_cookies()
    page.context.new_cdp_session(page).send(
        "Storage.clearDataForOrigin",
        {
            "origin": f"{home.scheme}://{home.netloc}",
            "storageTypes": "cookies,local_storage,indexeddb,service_workers,cache_storage",
        },
    )


@contextmanager
def opened(
    chromium: Any, lab: str, size: tuple[int, int], scheme: str = "light", query: str = ""
) -> Iterator[Any]:
    """A page of the lab; at the end nothing was refused, failed, or asked for elsewhere.

    Without a query the question of the first screen is left out.
    """
    with heard(chromium, lab, size, scheme) as (page, wrong):
        # what a page that is left had asked for is aborted, and that is no fault
        page.on(
            "requestfailed",
            lambda r: (
                None if "ERR_ABORTED" in (r.failure or "") else wrong.append(f"failed: {r.url}")
            ),
        )
        page.goto(f"{lab}{query or '?ask=no'}")
        page.wait_for_selector(".controls.tabs button")
        yield page


def press(page: Any, name: str) -> None:
    """Press a button by what stands on it."""
    page.get_by_role("button", name=name, exact=True).click()


def linked(page: Any, part: str) -> None:
    """Wait until the address holds something."""
    page.wait_for_function("part => location.search.includes(part)", arg=part)


def fits(page: Any) -> None:
    """The page is not wider than the window."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 1


SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


def violations(page: Any, axe: Path, where: str = "document", options: str = "{}") -> list[Any]:
    """What the checker of accessibility finds, as rules with some of their elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.read_text("utf-8"))
    found = page.evaluate(f"axe.run({where}, {options}).then(r => r.violations)")
    return [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found]


# Parts of these lie below each other on a phone; JS returns those of which two lie side by side.
BESIDE = """names => [...document.querySelectorAll(names)].filter(whole => {
  const parts = [...whole.children].map(x => x.getBoundingClientRect()).filter(x => x.height > 0);
  return parts.some((a, i) => parts.slice(i + 1).some(
    b => a.left >= b.right - 1 || b.left >= a.right - 1));
}).map(x => x.className || x.tagName)"""


def looked_at(
    page: Any, axe: Path, where: str = "document", options: str = "{}",
    columns: str = ".sides, .columns, .headlines",
) -> None:  # fmt: skip
    """A page that is drawn is in order: light and dark, at a desk, and in one column on a phone.

    The same page is turned from look to look, so that nothing has to be loaded or computed again.
    """
    for size, scheme in ((DESK, "light"), (PHONE, "dark"), (PHONE, "light"), (DESK, "dark")):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(250)  # what changes its colour or its place is on the way
        fits(page)
        if size == PHONE:
            assert page.evaluate(BESIDE, columns) == [], "two columns on a phone"
        if scheme == ("light" if size == DESK else "dark"):  # contrast does not depend on the size
            assert violations(page, axe, where, options) == [], (page.url, size, scheme)
