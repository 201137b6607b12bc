"""Words apart from code: every message has its translation, and English is as it was."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from needing import needed

import negotiation as ng
from negotiation.errors import UnknownName
from negotiation.words import language
from negotiation.words.language import LOCALE, joined, speak, speaking, spoken, tr, trn
from negotiation.words.wrapping import CLOSING, wide, wrapped

needed("babel", "Babel is not installed: catalogues are not checked")
sys.path.insert(0, str(Path(__file__).parent))
import catalogues  # noqa: E402
from babel.messages.mofile import read_mo  # noqa: E402

CHINESE = LOCALE / "zh_CN" / "LC_MESSAGES"
EACH = pytest.mark.parametrize("domain", catalogues.domains())
TRANSCRIPTS = Path(__file__).parents[1] / "transcripts"
sys.path.insert(0, str(TRANSCRIPTS))
from worlds import load  # noqa: E402

# What a translation may fill in that English does not: Chinese counts money in hundreds of
# millions, and the descriptions of settings name the two sides.
MORE = {"${billions}bn": {"hundred_millions"}, "{billions}": {"hundred_millions"}}
SIDES = {"us", "china"}
LATIN = re.compile(r"[A-Za-z]+")
NAMES = {"H"}  # of H20, a chip


def filled(text: str) -> set[str]:
    """The names in braces."""
    return {name.partition(".")[0] for _, name, _, _ in Formatter().parse(text) if name}


def pairs(domain: str) -> list[tuple[str | None, list[str], list[str]]]:
    """Context, English and Chinese of each message of a catalogue."""
    found = []
    for message in catalogues.fresh(CHINESE / f"{domain}.po", "zh_CN"):
        if message.id:
            english = [message.id] if isinstance(message.id, str) else list(message.id)
            string = message.string or ""
            found.append(
                (message.context, english, [string] if isinstance(string, str) else list(string))
            )
    return found


def said(catalogue: Any) -> dict[Any, Any]:
    """The messages of a catalogue, without what stands at its head."""
    return {(m.context, str(m.id)): m.string for m in catalogue if m.id}


@EACH
def test_every_message_is_translated_and_none_is_doubtful(domain: str) -> None:
    """What the code, the data and the lessons say today is there, with nothing marked fuzzy."""
    missing = [english[0] for _, english, chinese in pairs(domain) if not all(chinese)]
    assert missing == []
    assert ", fuzzy" not in (CHINESE / f"{domain}.po").read_text("utf-8")


@EACH
def test_the_catalogue_is_as_it_would_be_written(domain: str) -> None:
    """No message is gone, and what is compiled is compiled of the text beside it."""
    path = CHINESE / f"{domain}.po"
    text, compiled = catalogues.texts(catalogues.fresh(path, "zh_CN"))
    assert path.read_bytes() == text
    with path.with_suffix(".mo").open("rb") as file:
        assert said(read_mo(file)) == said(read_mo(io.BytesIO(compiled)))
    assert "NOT REVIEWED BY A NATIVE READER" in text.decode()


@EACH
def test_translations_fill_in_the_same_names(domain: str) -> None:
    """A name in braces that only one of the two has would be lost, or would fail."""
    wrong = []
    for context, english, chinese in pairs(domain):
        wanted, got = filled(english[-1]), filled(chinese[0])
        more = MORE.get(english[0], SIDES if context == language.SETTING else set())
        # what an article or a repeated unit says may be left out, nothing else
        if not got <= wanted | more or (wanted - got and english[0] not in MORE):
            wrong.append((english[0], chinese[0]))
    assert wrong == []


@pytest.mark.parametrize(
    "scenario",
    ["stockholm-2025", "stockholm-three-issues", "split-the-pie", "japan-autos-1995", "geneva-2025",
     "phase-one-2019"],
)  # fmt: skip
def test_a_chinese_transcript_has_no_english_in_it(scenario: str) -> None:
    """Twelve runs of a scenario: no Latin letter but in names that stay; lines fit."""
    for run in range(12):
        talks = ng.run(ng.Scenario.load(scenario), seed=3, run=run)
        with speaking("zh_CN"):
            text = talks.transcript
            data = " ".join(entry["text"] for entry in talks.to_dict()["transcript"])
        assert set(LATIN.findall(text + data)) <= NAMES, (scenario, run)
        assert max(map(wide, text.splitlines())) <= 92 + 2
        assert not [line for line in text.splitlines() if line.strip()[:1] in set("，。；：、）")]


def test_every_golden_story_is_told_in_chinese_too() -> None:
    """The stories that hold English together show every kind of event: none fails or is English."""
    for file in sorted((TRANSCRIPTS / "golden").glob("*.txt")):
        address = re.search(r"^Run (\d+) under seed (\d+)", file.read_text("utf-8"), re.MULTILINE)
        assert address
        scenario = load(file.stem.split("--")[0])
        talks = ng.run(scenario, run=int(address[1]), seed=int(address[2]))
        with speaking("zh_CN"):
            lines = talks.transcript.splitlines()
        changed = [line for line in lines if LATIN.findall(line)]
        # settings that the test's own worlds change are told with their paths
        assert set(LATIN.findall(" ".join(changed[4:]))) <= NAMES, file.stem


def test_english_is_spoken_whatever_the_machine_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither LANG nor LANGUAGE changes a word; a language is asked for, and let go of."""
    for name in ("LANG", "LANGUAGE", "LC_ALL"):
        monkeypatch.setenv(name, "zh_CN.UTF-8")
    talks = ng.run(ng.Scenario.load("split-the-pie"), seed=1)
    assert talks.transcript.startswith("Split the pie")
    with speaking("zh_CN"):
        assert spoken() == "zh_CN" and talks.transcript.startswith("分饼")
        with speaking("en"):
            assert tr("a concession") == "a concession"
        assert tr("a concession") == "一项让步"
    assert (
        talks.transcript.startswith("Split the pie") and trn("{n} day", "{n} days", 2) == "2 days"
    )


def test_a_language_that_is_not_there_is_refused() -> None:
    """In a sentence that says which there are."""
    with pytest.raises(UnknownName, match="allowed: en, zh_CN"):
        speak("fr")
    with pytest.raises(UnknownName), speaking("zh"):
        raise AssertionError("never here")
    assert spoken() == "en"


def test_what_a_catalogue_lacks_stays_english() -> None:
    """A scenario of one's own keeps its words; sentences are joined as the language joins them."""
    with speaking("zh_CN"):
        assert language.data("my own issue") == "my own issue"
        assert joined("一。", "", "二。") == "一。二。"
    assert joined("One.", "Two.") == "One. Two."


def test_chinese_lines_break_where_they_may() -> None:
    """No line begins with what closes, none is too wide, nothing is lost."""
    text = (
        "休战有效至2025年8月12日；延期通常再加90天。在2024年的关税之上，对商品征收30%（其中一半）。"
    )
    for width in range(10, 60):
        lines = wrapped(text, width, "  ", "    ")
        assert "".join(line.strip() for line in lines) == text
        assert not [line for line in lines if line.strip()[0] in CLOSING]
        assert all(wide(line) <= width + 8 for line in lines)
