"""How long a person waits for an answer: whole processes, from return to the last line.

Each figure is the median of seven processes (``--tries``), beside its aim. *Headlines*: until the
odds of both questions stand on the terminal; *all*: until the picture is written and the process
has ended. *First time*: all, where nothing was told of the scenario before. *First use*:
processor time of the first odds in an empty folder of machine code, of both processes that compile,
and how long it took, once.
The processes read Python's bytecode, as they do on a user's machine, whatever the environment says.

Prints a table and writes ``results/benchmarks/answer.json``. Usage: ``make bench``, or
``python benchmarks/answer.py --tries 3``. Everything is compiled before the clock starts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from negotiation.folders import cache_folder
from negotiation.scenario import Scenario
from negotiation.words.outcomes import headlines

NAME = "stockholm-2025"
TRIES = 7
FIRST_AIM = 10.0  # seconds of processor time of the first use
FIRST_USE = ("odds", NAME, "--runs", "1", "--worlds", "0", "--json")


class Figure(NamedTuple):
    """What is measured: a command, until when, and how many seconds it may take."""

    command: tuple[str, ...]
    until: str
    aim: float


FIGURES = (
    Figure(("--help",), "all", 0.2),
    Figure(("scenario", "list"), "all", 0.2),
    Figure(("scenario", "show", NAME), "all", 0.2),
    Figure(("scenario", "check", NAME), "all", 0.2),
    Figure(("scenario", "show", NAME), "first time", 0.2),
    Figure(("scenario", "check", NAME), "first time", 0.2),
    Figure(("odds", NAME), "headlines", 1.2),  # to half a point
    Figure(("odds", NAME), "all", 2.5),
    Figure(("odds", NAME, "--within", "0.1"), "headlines", 2.0),
    Figure(("compare", NAME, "--set", "deadline.ultimatum=4"), "all", 2.5),
    Figure(("odds", NAME, "--runs", "1000", "--worlds", "0"), "headlines", 1.2),
)


def waited(command: tuple[str, ...], folder: str, **environment: str) -> dict[str, float]:
    """Run a command in a folder; return the seconds until the headlines, and until all is there."""
    plain = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    wanted = set(headlines(Scenario.load(NAME)).values())
    start, found = time.perf_counter(), {}
    with subprocess.Popen(
        [sys.executable, "-m", "negotiation", *command],
        cwd=folder, env=plain | environment, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            wanted -= {statement for statement in wanted if line.startswith(statement)}
            if not wanted:
                found.setdefault("headlines", time.perf_counter() - start)
    if process.returncode:
        raise SystemExit(f"negotiation {' '.join(command)} ended with {process.returncode}.")
    return found | {"all": time.perf_counter() - start}


def first_use(folder: str) -> tuple[float, float]:
    """Return processor time and wait of the first odds where nothing has been compiled yet."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wait = waited(FIRST_USE, folder, NEGOTIATION_CACHE=str(Path(folder) / "cache"))["all"]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wait


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tries", type=int, default=TRIES)
    tries = parser.parse_args().tries
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        first, first_wait = first_use(folder)
        times: dict[tuple[str, ...], list[dict[str, float]]] = {}
        for command in dict.fromkeys(figure.command for figure in FIGURES):
            waited(command, folder)  # compiled, and read from the disk once
            # of another seed each time, so that nothing could be an answer that was kept
            each = [(*command, "--seed", str(2 + i)) for i in range(tries)]
            seeded = command[0] in ("odds", "compare")
            times[command] = [waited(words if seeded else command, folder) for words in each]
        for command in [figure.command for figure in FIGURES if figure.until == "first time"]:
            for each in times[command]:
                shutil.rmtree(cache_folder() / "told", ignore_errors=True)
                each["first time"] = waited(command, folder)["all"]
    for figure in FIGURES:
        taken = [each[figure.until] for each in times[figure.command]]
        found.append(
            {
                "what": f"negotiation {' '.join(figure.command)}", "until": figure.until,
                "median_s": statistics.median(taken), "least_s": min(taken),
                "most_s": max(taken), "aim_s": figure.aim,
            }
        )  # fmt: skip
    about = {"machine": platform.machine(), "cores": os.cpu_count(), "tries": tries}
    about |= {
        "python": platform.python_version(),
        "first_use_processor_s": first,
        "first_use_wait_s": first_wait,
        "first_use_aim_s": FIRST_AIM,
    }
    print(*(f"{key}: {value}" for key, value in about.items() if key != "tries"), sep="\n")
    print(f"\n{'command':<68}{'until':<11}{'median':>8}{'least':>8}{'most':>8}{'aim':>7}")
    for row in found:
        spread = "".join(f"{row[k]:>8.2f}" for k in ("median_s", "least_s", "most_s"))
        print(f"{row['what']:<68}{row['until']:<11}{spread}{row['aim_s']:>7.1f}")
    print(f"{'first use, in processor seconds':<79}{first:>8.1f}{'':>16}{FIRST_AIM:>7.1f}")
    place = Path("results/benchmarks")
    place.mkdir(parents=True, exist_ok=True)
    (place / "answer.json").write_text(json.dumps({**about, "figures": found}, indent=2) + "\n")


if __name__ == "__main__":
    main()
