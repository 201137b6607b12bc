"""How long a class waits for the lab: the first page, a lever that moves, thirty pages at once.

A lab is opened in a process of its own, and looked at with Chromium, both on this machine. *First
paint*: what stands on the page before any script has come; *levers* and *odds*: until these are
there; each from the request, in a browser that has nothing of the page yet, median of seven. The
page asks a question first (*question*), so the odds are those of a page that is opened without it.
*Lever*: from the event of a slider until the odds on the page are other ones, median of twenty.
*Class*: thirty pages at once, each with a lever of its own, until all show odds; three classes one
after another, and the memory of the lab after each (``--classes 0`` leaves them out: what was
measured of them before stays). *Computing*: from a lever to the last answer, without any page, and
how closely that answer tells the headlines (``--computing`` measures nothing else).

Prints and writes ``results/benchmarks/lab.json``. Usage: ``python benchmarks/lab.py``; the tests'
environment and Chromium are needed.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from measuring.machine import load, machine

TRIES, MOVES, PAGES, CLASSES = 7, 20, 30, 3
PAINT_AIM, LEVER_AIM, COMPUTING_AIM = 2.0, 0.15, 0.1  # seconds
POINTS_AIM = 1.0  # half of the interval of a headline, in points
PLACE = Path("results/benchmarks/lab.json")
WAIT = 120_000  # milliseconds
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
LEVERS = ("deadline-ultimatum", "news-incident-rate", "summit-feasible", "talks-ripening")

# What is drawn is watched from inside the page: when the number in a headline changes after a key.
WAITED = """([id, steps]) => new Promise((done) => {
  const found = [], slider = document.getElementById(id);
  const low = Number(slider.min), width = Number(slider.max) - low;
  const step = (left) => {
    if (!left) { done(found); return; }
    const start = performance.now();
    const watch = new MutationObserver(() => {
      watch.disconnect();
      found.push(performance.now() - start);
      setTimeout(() => step(left - 1), 700);
    });
    watch.observe(document.querySelector('.heads'), {subtree: true, childList: true,
      characterData: true});
    slider.value = low + (Number(slider.value) - low + 0.171 * width) % width;
    slider.dispatchEvent(new Event('input', {bubbles: true}));
  };
  step(steps);
})"""


def waited(page: Any, lever: str, moves: int) -> list[float]:
    """Move a lever so many times; return the milliseconds until the odds were other ones."""
    found: list[float] = page.evaluate(WAITED, [f"Levers-{lever}", moves])
    return found


@contextmanager
def opened() -> Iterator[tuple[str, int]]:
    """Open a lab in a process of its own; its address and the number of the process."""
    command = [sys.executable, "-m", "negotiation", "lab", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        place = re.search(r"http://\S+", process.stdout.readline())
        if place is None:
            raise SystemExit("The lab did not open.")
        try:
            yield place[0], process.pid
        finally:
            process.send_signal(signal.SIGINT)


def resident(pid: int) -> float:
    """Return the memory of a process in MB."""
    told = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True
    )
    return int(told.stdout) / 1024


def first_page(browser: Any, lab: str) -> dict[str, float]:
    """Return the seconds until a page is painted, has its question, its levers, and its odds."""
    found: dict[str, float] = {}
    for query, places in (
        ("", {"question": ".lane.ask input", "levers": ".levers .slider input"}),
        ("?ask=no", {"odds": ".figure .big"}),
    ):
        context = browser.new_context()
        page = context.new_page()
        page.goto(lab + query, wait_until="commit")
        for name, there in places.items():
            page.wait_for_selector(there, timeout=WAIT)
            found[name] = page.evaluate("performance.now()") / 1e3
        found.setdefault("paint", page.evaluate(PAINTED) / 1e3)
        context.close()
    return found


def levers(browser: Any, lab: str, moves: int) -> list[float]:
    """Return the seconds until a lever was answered, some moves of each of four levers."""
    page, found = browser.new_page(), []
    page.goto(f"{lab}?ask=no")
    page.wait_for_selector(".figure .big", timeout=WAIT)
    for lever in LEVERS:
        page.wait_for_timeout(2000)
        found += waited(page, lever, moves // len(LEVERS))
    page.close()
    return [ms / 1e3 for ms in found]


def a_class(browser: Any, lab: str, pages: int) -> float:
    """Return the seconds until all pages of a class show odds."""
    context, start = browser.new_context(), time.perf_counter()
    opened = [context.new_page() for _ in range(pages)]
    for k, page in enumerate(opened):
        page.goto(f"{lab}?deadline.ultimatum={k / 10}", wait_until="commit")
    for page in opened:
        page.wait_for_selector(".figure .big", timeout=WAIT)
    taken = time.perf_counter() - start
    context.close()
    return taken


def computing(tries: int) -> dict[str, Any]:
    """Return how long a lever takes to its last answer, and half of the intervals that it has."""
    from negotiation.lab.study import answers
    from negotiation.scenario import Scenario

    usual, rows = Scenario.load("stockholm-2025"), []
    for k in range(tries + 1):  # the first loads what is loaded once
        moved = usual.replace({"deadline.ultimatum": 3.0 + k / 10})
        wall, processor = time.perf_counter(), time.process_time()
        *_, last = answers(moved, seed=1)
        rows.append({
            "seconds": time.perf_counter() - wall, "processor_s": time.process_time() - processor,
            "runs": last.runs,
            "points": {one.sentence: 50 * (one.odds.high - one.odds.low) for one in last.headlines},
        })  # fmt: skip
    found: dict[str, Any] = {
        name: statistics.median(row[name] for row in rows[1:])
        for name in ("seconds", "processor_s", "runs")
    }
    points = [row["points"] for row in rows[1:]]
    found["points"] = {name: statistics.median(x[name] for x in points) for name in points[0]}
    found |= {"aim_s": COMPUTING_AIM, "aim_points": POINTS_AIM, "scenario": usual.name}
    taken = f"{found['seconds']:.2f} s, {found['processor_s']:.2f} s of processor time"
    print(f"last answer {taken}, " + ", ".join(f"{x:.2f} points" for x in found["points"].values()))
    return found


def before() -> dict[str, Any]:
    """Return what was measured before."""
    known: dict[str, Any] = json.loads(PLACE.read_text("utf-8")) if PLACE.exists() else {}
    return known


def keep(found: dict[str, Any]) -> None:
    """Write what was measured."""
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    PLACE.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


def main() -> None:
    """Measure, print and write."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tries", type=int, default=TRIES)
    parser.add_argument("--classes", type=int, default=CLASSES)
    parser.add_argument("--computing", action="store_true")
    asked = parser.parse_args()
    if asked.computing:
        keep(before() | {"computing": computing(asked.tries)})
        return
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        raise SystemExit("No Chromium here: the lab is measured in a browser.")
    before_us = load()
    with opened() as (lab, pid), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        first_page(browser, lab)  # what the server reads from the disk once
        firsts = [first_page(browser, lab) for _ in range(asked.tries)]
        moved = levers(browser, lab, MOVES)
        classes = []
        for _ in range(asked.classes):
            classes.append({"seconds": a_class(browser, lab, PAGES), "memory_mb": resident(pid)})
        about = machine() | {"solara": version("solara"), "chromium": browser.version}
        browser.close()
    pages = [
        {
            "until": until, "median_s": statistics.median(x[until] for x in firsts),
            "least_s": min(x[until] for x in firsts), "most_s": max(x[until] for x in firsts),
        }
        for until in firsts[0]
    ]  # fmt: skip
    found = {
        **about, "load_at_the_beginning": round(before_us, 2),
        "machine_was_shared": before_us > 0.5, "tries": asked.tries, "first": pages,
        "first_aim_s": PAINT_AIM,
        "lever": {
            "median_s": statistics.median(moved), "least_s": min(moved), "most_s": max(moved),
            "aim_s": LEVER_AIM, "moves": len(moved),
        },
    }  # fmt: skip
    found |= {"pages_of_a_class": PAGES, "classes": classes or before().get("classes", [])}
    for row in pages:
        print(f"{row['until']:<8}{row['median_s']:>7.2f} s")
    print(f"{'lever':<8}{1e3 * statistics.median(moved):>7.0f} ms of {sorted(moved)}")
    for row in classes:
        print(f"{'class':<8}{row['seconds']:>7.1f} s, {row['memory_mb']:.0f} MB")
    keep(found | {"computing": computing(asked.tries)})


if __name__ == "__main__":
    main()
