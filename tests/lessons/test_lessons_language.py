"""The lessons in another language: the same notebooks, other words, the same right answers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from needing import needed

needed("marimo", "marimo is not installed: the lessons are not tested")
needed("babel", "Babel is not installed: catalogues are not checked")

from negotiation.errors import InputError
from negotiation.lessons import pages, parts, showing
from negotiation.words.language import LOCALE, speaking

sys.path.insert(0, str(Path(__file__).parents[1] / "language"))
import catalogues  # noqa: E402

FOLDER = Path(__file__).parents[2] / "lessons"
FIRST = FOLDER / "01_the_one_shot_tariff_game.py"
WAIT = 60_000  # milliseconds: a machine may be busy
LESSONS = [name for name, notebook in catalogues.domains().items() if notebook]
FILLED = ("a word", "+1%")  # what a number may begin and end with decides whether ** is formatting


def formatting(text: str, filled: str) -> Counter[str]:
    """How often each kind of formatting comes of a message, its names filled in."""
    names = {name for _, name, _, _ in Formatter().parse(text) if name}
    shown = showing.html(text.format(**dict.fromkeys(names, filled)) if names else text)
    assert "**" not in shown, text
    return Counter(re.findall(r"<(strong|code|pre|li|th)\b", shown))


@pytest.mark.parametrize("domain", LESSONS)
def test_a_translation_is_formatted_as_the_paragraph_is(domain: str) -> None:
    """What is bold, code, a list or a column in English is so in Chinese, whatever is filled in."""
    path = LOCALE / "zh_CN" / "LC_MESSAGES" / f"{domain}.po"
    for message in catalogues.fresh(path, "zh_CN"):
        if message.id and message.string:
            for filled in FILLED:
                told = formatting(str(message.string), filled)
                assert told == formatting(str(message.id), filled), message.string


def test_the_first_lesson_runs_in_chinese_and_accepts_its_answers() -> None:
    """All cells run, every part is headed in Chinese, and what was right in English is right."""
    english = pages.run(FIRST).lesson
    with speaking("zh_CN"):
        ran = pages.run(FIRST)
        whole = pages.page(ran)
        lesson = ran.lesson
        assert [
            showing.verdict(one, str(one.right) if isinstance(one.right, str) else f"{one.right}")
            for one in lesson.exercises
        ] == ["正确。"] * parts.EXERCISES
        for question in lesson.quiz:
            assert showing.verdict(question, question.right).startswith("正确。")
        assert "不是数" in showing.verdict(lesson.exercises[0], "很多")
        with pytest.raises(InputError, match="需要1个"):
            lesson.exercises[0].check("1; 2")
    assert [one.right for one in lesson.exercises] == [one.right for one in english.exercises]
    assert [list(one.choices) for one in lesson.quiz] == [list(one.choices) for one in english.quiz]
    assert '<html lang="zh-Hans">' in whole and 'lang="en"' not in whole
    assert "本译文尚未经母语读者审阅。" in whole and "**" not in whole
    assert re.findall(r'<h2 id="(\w+)"', whole) == [*parts.PARTS, "teacher"]
    told = re.sub(
        r"<style>.*?</style>|<a [^>]*>[^<]*</a>|<code>.*?</code>|<[^>]+>", " ", whole, flags=re.S
    )
    words = set(re.findall(r"[A-Za-z]{2,}", told)) - {"Johnson", "gt", "amp", "lt"}
    assert words == set(), "English is left"


def test_a_class_goes_through_the_first_lesson_in_chinese(
    chromium: Any, served_in_chinese: str, tries: Any
) -> None:
    """Commit, answer an exercise wrongly and rightly, answer the quiz."""
    page = chromium.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{served_in_chinese}?file={FIRST.name}")
    page.get_by_text("您作出预测之后再继续。").wait_for()
    page.get_by_label("双方都征收关税").click()
    page.get_by_role("button", name="我就这样预测").click()
    page.get_by_text("您预测：双方都征收关税。您的把握是25%。").wait_for()
    answers = [("很多", "不是数"), ("28", "还不对。"), ("5,1", "正确。")]
    tries(page, "您的答案（十亿美元/年）：", answers)
    page.get_by_label("无论另一方怎么做，关税对每一方都更好").click()
    page.get_by_text("4题中答对1题。").wait_for()
    page.close()


@pytest.mark.parametrize(
    ("typed", "asked", "folder"),
    [((), "en", "lessons/pages"), (("LANGUAGE=zh_CN",), "zh_CN", "lessons/pages/zh_CN")],
    ids=["nothing", "chinese"],
)
def test_make_speaks_what_is_typed_and_not_what_the_desktop_does(
    root: Path, typed: tuple[str, ...], asked: str, folder: str
) -> None:
    """A desktop sets LANGUAGE for its own programs; only that of the command line counts."""
    if shutil.which("make") is None:
        pytest.skip("no make here")
    told = subprocess.run(
        ["make", "--no-print-directory", "-n", "lessons-pages", *typed], cwd=root, check=True,
        capture_output=True, text=True, env=os.environ | {"LANGUAGE": "de:en"},
    ).stdout  # fmt: skip
    assert told.rstrip().endswith(f"negotiation.lessons.pages lessons {folder} --language {asked}")


def test_pages_are_written_in_the_language_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list, the page and the notebook for Jupyter; a language that is not spoken is refused."""
    (tmp_path / FIRST.name).write_bytes(FIRST.read_bytes())
    arguments = [str(tmp_path), str(tmp_path / "pages"), "--language"]
    assert pages.main([*arguments, "fr"]) == 2
    assert capsys.readouterr().err == "--language 'fr' does not exist; allowed: en, zh_CN.\n"
    assert pages.main([*arguments[:-1], "--language=fr"]) == 2
    assert capsys.readouterr().err == "--language 'fr' does not exist; allowed: en, zh_CN.\n"
    assert pages.main(arguments) == 2
    assert capsys.readouterr().err == "--language: name a language; allowed: en, zh_CN.\n"
    assert not (tmp_path / "pages").exists()
    assert pages.main([*arguments, "zh_CN"]) == 0
    index = (tmp_path / "pages" / "index.html").read_text("utf-8")
    assert "一次性的关税博弈" in index and "本译文尚未经母语读者审阅。" in index
    book = (tmp_path / "pages" / f"{FIRST.stem}.ipynb").read_text("utf-8")
    assert "本译文尚未经母语读者审阅。" in book and "双方都征收关税" in book
