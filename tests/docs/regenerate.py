"""Write the documents anew where they show what the program prints; read the diff.

``python tests/docs/regenerate.py`` runs every command of the documents whose output is shown,
rewrites the reference of the scenario file, the list of expected failures and what the learned
strategy is worth, puts the numbers into the page that solves two games by hand, adds a part for
each verb that has none, and with ``--readme`` also plays the 100,000 runs of the first page and
draws its picture.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import test_answers as answered
import test_checks_page as checks
import test_command_reference as verbs
import test_json_reference as answers
import test_learned_numbers as learned
import test_levels_page as levels
import test_odd as odd
import test_other_talks as talks
import test_readme_numbers as first_page
import test_settings_reference as settings
import test_size_page as size
import test_skill_page as skill
import test_speed_page as speed
import test_strategy_settings as options
import test_trace_page as trace
import test_two_games as worked
from test_console_blocks import FREELY, PAGES, ROOT, commands, fenced, output_of, write_files

WIDTH = 90
README, IMAGES = ROOT / "README.md", ROOT / "docs" / "images"


def between(page: Path, begin: str, end: str, text: str) -> None:
    """Replace what stands between two marks of a page."""
    head, rest = page.read_text("utf-8").split(begin)
    page.write_text(head + begin + text + end + rest.split(end)[1], "utf-8")


def add_verbs() -> None:
    """Add an empty part for each verb that the reference of the command line lacks."""
    text = verbs.PAGE.read_text("utf-8")
    for verb in verbs.verbs():
        if verb not in verbs.described(text):
            part = f"## `{verb}`\n\n```console\n$ {verb} --help\n...\n```\n\n"
            text = text.replace("## Exit codes\n", f"{part}## Exit codes\n")
    verbs.PAGE.write_text(text, "utf-8")


def refresh(page: Path) -> None:
    """Run the page's commands in an empty folder and write what they print."""
    text = page.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        write_files(text, Path(folder))
        for block in list(fenced(text, "console")):
            fresh = block[2]
            for command in commands(block[2]):
                if command.line.startswith("negotiation "):
                    printed = output_of(command.line)
                    if command.output.strip():
                        old = f"$ {command.line}\n{command.output}"
                        fresh = fresh.replace(old, f"$ {command.line}\n{printed}")
            text = text.replace(block[2], fresh)
        os.chdir(ROOT)
    page.write_text(text, "utf-8")


def laid_out(data: Any, indent: str = "") -> str:
    """Return data as JSON in which whatever fits on a line stands on one."""
    line = json.dumps(data)
    if len(indent) + len(line) <= WIDTH or not isinstance(data, dict | list):
        return line
    inner = f"{indent}  "
    if isinstance(data, dict):
        parts = [f"{json.dumps(key)}: {laid_out(value, inner)}" for key, value in data.items()]
    else:
        parts = [laid_out(value, inner) for value in data]
    begin, end = "{}" if isinstance(data, dict) else "[]"
    return f"{begin}\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}{end}"


def refresh_json() -> None:
    """Write the examples of what ``--json`` prints."""
    text = answers.PAGE.read_text("utf-8")
    for line, shown in answers.EXAMPLES:
        data = laid_out(answers.shortened(answers.answer(line)))
        mark = f"<!-- printed by: {line} -->\n```json\n"
        text = text.replace(mark + shown, f"{mark}{data}\n")
    answers.PAGE.write_text(text, "utf-8")


def refresh_readme() -> None:
    """Play the runs of the first page; write its block, its summary and its picture."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        printed = output_of("negotiation odds")
        made = Path(folder) / "out" / "stockholm-2025"
        for name in ("odds.png", "odds.txt"):
            shutil.copy(made / name, IMAGES / name)
        os.chdir(ROOT)
    shown = printed.split("\n\nOn the way there")[0] + "\n"
    text = README.read_text("utf-8")
    text = re.sub(
        rf"({FREELY}```console\n\$ make odds\n).*?(```\n)", lambda m: m[1] + shown + m[2], text,
        count=1, flags=re.DOTALL,
    )  # fmt: skip
    rounded = [round(float(p)) for p in re.findall(r"^The .*: ([\d.]+)%$", shown, re.MULTILINE)]
    text = re.sub(
        r"(in about )\d+(% of the runs .* in about )\d+(%)",
        lambda m: f"{m[1]}{rounded[0]}{m[2]}{rounded[1]}{m[3]}", text, count=1, flags=re.DOTALL,
    )  # fmt: skip
    README.write_text(text, "utf-8")


def main() -> None:
    """Write everything."""
    os.environ["COLUMNS"] = "80"  # the width of the help, as in the tests
    between(settings.PAGE, settings.BEGIN, settings.END, settings.reference())
    between(odd.ODD, odd.BEGIN, odd.END, odd.expected_failures())
    between(learned.PAGE, learned.BEGIN, learned.END, learned.passage())
    between(options.PAGE, options.BEGIN, options.END, options.passage())
    between(options.FACTS_PAGE, options.FACTS_BEGIN, options.FACTS_END, options.facts())
    between(checks.PAGE, checks.BEGIN, checks.END, checks.passage())
    between(levels.PAGE, levels.BEGIN, levels.END, levels.passage())
    between(skill.PAGE, skill.BEGIN, skill.END, skill.passage())
    between(speed.PAGE, speed.BEGIN, speed.END, speed.passage())
    between(size.PAGE, size.BEGIN, size.END, size.passage())
    for name, passage in trace.PASSAGES.items():
        between(trace.PAGE, *trace.marks(name), passage())
    between(talks.PAGE, talks.BEGIN, talks.END, talks.passage())
    between(README, first_page.BEGIN, first_page.END, first_page.score())
    for page, passage in answered.PAGES.items():
        between(page, answered.BEGIN, answered.END, passage())
    worked.PAGE.write_text(worked.fresh(worked.numbers()), "utf-8")
    add_verbs()
    refresh_json()
    if "--readme" in sys.argv:
        refresh_readme()
    for page in PAGES:
        refresh(page)


if __name__ == "__main__":
    main()
