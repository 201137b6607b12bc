"""The report: one page that opens anywhere, says where it comes from, and believes no name."""

from __future__ import annotations

import html
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import negotiation as ng
from negotiation.cli.app import app
from negotiation.report.page import write_report

FETCHING = ("src", "srcset", "poster", "data", "action", "formaction", "background", "manifest")
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def page_of(text: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a page with their attributes."""
    seen: list[tuple[str, dict[str, str]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            seen.append((tag, {k: v or "" for k, v in attrs}))

    Reader().feed(text)
    return seen


def test_nothing_is_fetched_and_nothing_runs(page: Any, page_file: Path) -> None:
    """No element loads anything, no style imports anything, there is no script or handler."""
    assert not page.of("script", "iframe", "object", "embed", "base", "form", "img", "audio")
    for link in page.of("link"):
        assert link["href"].startswith("data:")
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert not [name for name in attributes if name in FETCHING], tag
        for name in ("href", "xlink:href"):
            if name in attributes and tag not in ("a", "link"):
                assert attributes[name].startswith("#"), tag
    text = page_file.read_text("utf-8")
    assert "@import" not in text
    assert not re.findall(r"url\((?!#|'#|\"#)[^)]*\)", text)
    policy = [m for m in page.of("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy[0]["content"].startswith("default-src 'none'")


def test_every_picture_is_in_the_page_and_in_words(page: Any) -> None:
    """Each figure holds a drawing with an alternative text with numbers; no name occurs twice."""
    drawings = [svg for svg in page.of("svg") if svg.get("role") == "img"]
    assert len(drawings) == len(page.of("figure")) == 5
    for svg in drawings:
        assert len(svg["aria-label"]) > 40
        assert re.search(r"\d%|\d\.\d", svg["aria-label"])
    names = [a["id"] for _, a in page.elements if "id" in a]
    assert len(names) == len(set(names))
    targets = {a["href"][1:] for a in page.of("a") if a["href"].startswith("#")}
    targets |= {u["xlink:href"][1:] for u in page.of("use")}
    assert targets <= set(names)


def test_says_question_odds_limits_provenance_and_how_to_cite(page: Any, store: Path) -> None:
    """The parts that a reader needs are there, and are those of this sweep."""
    about = json.loads((store / "manifest.json").read_text())
    text = page.text
    assert "Does a dearer deadline hold the truce?" in text
    assert "In this model, cell 0 of 3, the baseline: what making a demand costs" in text
    assert "It is not a forecast" in text
    results = ng.Results.load(store)
    share = results.odds(outcomes="summit_deal")["share"][0].as_py()
    assert f"{share:.0%}" in text
    assert re.search(r"Its ends are known to within [0-9]+\.[0-9] points", text)
    cite = text.partition("How to cite")[2].rpartition("Do it again")[0]
    assert "master seed 5" in cite and about["scenario"]["fingerprint"] in cite
    for fact in (about["design"]["fingerprint"], "Master seed", "numpy", "Commit"):
        assert fact in text
    for digest in about["files"].values():
        assert digest in text


def test_the_commands_on_the_page_make_the_same_results_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What *Do it again* says, typed in another folder, gives the same data and the same page."""
    design = (
        'scenario = "split-the-pie"\nreplicates = 60\nseed = 9\n'
        '[[levers]]\nover = { "us.patience" = [0.8, 0.9] }\n'
    )
    made = []
    commands = [
        ["sweep", "pie.toml", "--out", "results/a pie"],
        ["report", "results/a pie", "--out", "a page.html"],
    ]
    for place in ("here", "there"):
        folder = tmp_path / place
        folder.mkdir()
        monkeypatch.chdir(folder)
        (folder / "pie.toml").write_text(design)
        for command in commands:
            monkeypatch.setattr("sys.argv", ["negotiation", *command])
            done = CliRunner().invoke(app(), command)
            assert done.exit_code == 0, done.output
        made.append((folder / "results/a pie/summary.parquet").read_bytes())
        pre = re.findall(r"<pre>(.*?)</pre>", (folder / "a page.html").read_text(), re.DOTALL)
        said = html.unescape(pre[-1]).strip().splitlines()
        commands = [shlex.split(line)[1:] for line in said]
    assert made[0] == made[1]
    assert [shlex.split(line)[0] for line in said] == ["negotiation", "negotiation"]


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    """A title, a question and a Markdown file that try to run something are shown, not run."""
    pie = tomllib.loads(ng.Scenario.load("split-the-pie").to_toml())
    scenario = ng.Scenario.from_dict(pie | {"title": HOSTILE})
    design = ng.grid(scenario, {"us.patience": [0.8, 0.9]}, replicates=20)
    ng.sweep(replace(design, question=HOSTILE), seed=1, store=tmp_path / "hostile")
    markdown = f"# {HOSTILE}\n\n[here](javascript:alert(3)) ![x](http://example.org/x.png)\n"
    (tmp_path / "hostile" / "question.md").write_text(markdown)
    text = write_report(tmp_path / "hostile", worlds=0).read_text("utf-8")
    tags = page_of(text)
    assert not [tag for tag, _ in tags if tag in ("script", "img")]
    assert not [a for _, a in tags if any(k.startswith("on") for k in a)]
    assert not [a for _, a in tags if a.get("href", "").lower().startswith("javascript")]
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3


def test_settings_that_are_lists_are_reported(tmp_path: Path) -> None:
    """A sweep over chances of types, which are lists, has a report like any other."""
    scenario = ng.Scenario.load("stockholm-three-issues")
    levers = {"us.types.stance_prior": [[0.25, 0.4, 0.35], [1, 0, 0]]}
    ng.sweep(ng.grid(scenario, levers, replicates=40), seed=1, store=tmp_path / "types")
    text = write_report(tmp_path / "types", worlds=2).read_text("utf-8")
    assert "(us.types.stance_prior) = [0.25, 0.4, 0.35]" in text


def opened(browser: str, path: Path, profile: Path) -> subprocess.CompletedProcess[str]:
    """Return what a browser without a network makes of a page, and what its console says."""
    return subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
            "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={profile}",
            "--virtual-time-budget=5000", "--dump-dom", path.resolve().as_uri(),
        ],
        capture_output=True, text=True, timeout=400, check=True,
    )  # fmt: skip


def test_opens_in_a_browser_without_a_network(
    browser_file: str, page_file: Path, tmp_path: Path
) -> None:
    """All sections and drawings are there, and nothing was refused; a page that fetches is."""
    seen = opened(browser_file, page_file, tmp_path / "profile")
    tags = page_of(seen.stdout)
    assert sum(tag == "figure" for tag, _ in tags) == 5
    assert sum(tag == "svg" for tag, _ in tags) == 5
    assert sum(tag == "section" for tag, _ in tags) >= 8
    assert "CONSOLE" not in seen.stderr
    bad = tmp_path / "bad.html"
    script = '<script src="http://example.org/x.js"></script></body>'
    bad.write_text(page_file.read_text("utf-8").replace("</body>", script))
    assert "CONSOLE" in opened(browser_file, bad, tmp_path / "profile").stderr


def test_opens_with_the_largest_difference(page: Any, store: Path) -> None:
    """Before any cell's own odds: which setting moves a headline most, from what to what."""
    changes = ng.Results.load(store).differences(outcomes="first_deadline_extended").to_pylist()
    largest = max(changes, key=lambda row: abs(row["difference"]))
    text = page.text.partition("Do it again")[2]  # below the list of contents
    assert text.index("The largest difference") < text.index("simulated negotiations")
    first = text.partition("The largest difference")[2].partition("simulated negotiations")[0]
    assert f"{100 * largest['difference']:+.0f} points" in first
    assert f"{largest['deadline.ultimatum']:.0f}, not 1 deadline.ultimatum" in first


def test_the_wide_interval_comes_first(page: Any) -> None:
    """In the tables and the headlines alike, so that a narrow screen cuts off the other one."""
    assert "Odds As assumptions vary Sampling error" in page.text
    text = page.text.partition("simulated negotiations")[2]
    assert re.search(r"as the uncertain assumptions vary [^:]+: sampling error", text)


def test_a_sweep_without_a_finished_part_is_told_to_go_on(tmp_path: Path) -> None:
    """Stopped at once: only what it is to play is there, or not even that."""
    one = ng.sweep.grid("split-the-pie", {}, replicates=5)
    ng.sweep(one, seed=1, store=tmp_path)
    about = json.loads((tmp_path / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(about | {"complete": False}))
    for gone in ("status.jsonl", "summary.parquet", "amounts.parquet", "failures.parquet"):
        (tmp_path / gone).unlink()
    shutil.rmtree(tmp_path / "parts")
    for gone in ("scenario.toml", "design.parquet"):
        for verb in ("report", "plot"):
            said = CliRunner().invoke(app(), [verb, str(tmp_path)])
            assert said.exit_code == 2 and "no part of the sweep is finished" in said.output
            assert "--resume" in said.output
        (tmp_path / gone).unlink()
