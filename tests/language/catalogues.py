"""Write the catalogues anew after a message was added or changed.

``python tests/language/catalogues.py``: what the code marks (``tr``, ``trc``, ``trn``, ``marked``,
``markedc``) and the words of the shipped scenarios, of the settings and of the countries are
collected; what is known of a message is kept, what is new stands there without a translation, what
is gone is dropped. Each lesson has a catalogue of its own, with a message for every paragraph. Fill
in the ``msgstr`` and run it again: it compiles what it finds. In the package a call inside the
braces of an f-string is not seen: the test of a Chinese transcript finds it.
"""

from __future__ import annotations

import ast
import datetime as dt
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from negotiation.analysis.stage_games import FREE, STEP, STILL, TAXED
from negotiation.economy.regions import all_regions
from negotiation.game import Kind
from negotiation.history.codes import Binding, Regime
from negotiation.lab.two_by_two import GIVE_WAY, HOLD_OUT
from negotiation.lessons.words import domain as lesson_domain
from negotiation.scenario import STANCES, Scenario, shipped
from negotiation.scenario.problems import model_of
from negotiation.scenario.recorded import OUTCOMES
from negotiation.skill.whole import main_rows
from negotiation.tactics.registry import BUILT_IN, describe
from negotiation.theory.game_names import MEANING
from negotiation.words.groups import group_in_english
from negotiation.words.language import COUNTRY, DATA, DOMAIN, LOCALE, PARAGRAPH, SETTING

PACKAGE = Path(__file__).parents[2] / "negotiation"
LESSONS = PACKAGE.parent / "lessons"
KEYWORDS = {
    "tr": None, "trc": ((1, "c"), 2), "trn": (1, 2), "marked": None, "markedc": ((1, "c"), 2),
    "worded": None,
}  # fmt: skip
Marked = tuple[str | None, Any]
NOTE = "Chinese (simplified) words of negotiation.\nNOT REVIEWED BY A NATIVE READER."


def in_code() -> Iterator[Marked]:
    """What the code marks: context and message, or messages where there is a plural."""
    found = extract_from_dir(str(PACKAGE), [("**.py", "python")], keywords=KEYWORDS)
    for _, _, message, _, context in sorted(found, key=lambda item: (item[0], item[1])):
        yield context, message


def in_data() -> Iterator[Marked]:
    """The words of shipped scenarios: titles, issues, units, groups, the tariffs underneath."""
    for name in shipped():
        scenario = Scenario.load(name)
        yield DATA, scenario.title
        yield DATA, scenario.unit
        yield DATA, scenario.standing.counted_over
        yield DATA, scenario.standing.withheld
        for issue in scenario.issues.values():
            yield DATA, issue.name
            yield from ((DATA, unit) for unit in units_of(issue.unit))
        for side in (scenario.us, scenario.china):
            for group in side.constituencies:
                yield DATA, group_in_english(group)


def units_of(unit: str) -> Iterator[str]:
    """A unit as sentences use it: without ``$bn`` and ``share``, and without a verb at its end."""
    unit = unit.replace("per year", "a year")
    if unit == "index":
        return
    for start in ("$bn", "share"):
        unit = unit.removeprefix(start).strip()
    yield unit
    for end in (" relaxed", " cut"):
        if unit.endswith(end):
            yield unit.removesuffix(end)
            if unit.endswith(f" steps{end}"):
                yield unit.removesuffix(f"s{end}")
    if unit == "points":
        yield "point"


def in_countries() -> Iterator[Marked]:
    """What countries are called, in all forms."""
    for region in all_regions():
        for words in (region.name, region.title, region.short, region.adjective, region.capital):
            yield COUNTRY, words


def in_settings() -> Iterator[Marked]:
    """What settings are called."""
    yield from _described(Scenario, set())
    for strategy in BUILT_IN.values():
        for setting in strategy.settings().values():
            yield SETTING, setting.about


def _described(model: Any, seen: set[Any]) -> Iterator[Marked]:
    seen.add(model)
    for field in model.model_fields.values():
        if field.description:
            yield SETTING, field.description
        inner = model_of(field.annotation)
        if inner is not None and inner not in seen and inner.__name__ != "Quantity":
            yield from _described(inner, seen)


def in_lab() -> Iterator[Marked]:
    """Words that the lab takes from data: units, marks, sections, choices, strategies, games."""
    for name in shipped():
        for path, number in Scenario.load(name).numbers():
            yield DATA, number.unit
            yield "mark", str(number.mark)
            yield "section", path.split(".")[0].replace("_", " ")
    for kind in Kind:
        yield "kind", kind.value
        yield "actor", kind.actor
        for word in kind.words:
            yield "choice", word.replace("_", " ")
    yield from (("stance", stance) for stance in STANCES)
    for missing in ("scenario", "strategy", "side", "setting", "--language"):
        yield None, missing
    for name in OUTCOMES:
        yield "as recorded", name.replace("_", " ")
    for name in BUILT_IN:
        yield "strategy", name
        yield "strategy", describe(name).summary
    actions = (GIVE_WAY, HOLD_OUT, FREE, TAXED, STILL, STEP, "first", "second")
    yield from (("action", action) for action in actions)
    for name, meaning in MEANING.items():
        yield "game", name
        yield "game", meaning


def in_record() -> Iterator[Marked]:
    """The words of the decisions of the record that a lesson asks about."""
    (notebook,) = LESSONS.glob("08_*.py")
    asked = re.search(r"ASKED = (\(.*?\))", notebook.read_text("utf-8"))
    assert asked
    for row in main_rows(everyone=True):
        if row.id in ast.literal_eval(asked[1]):
            yield COUNTRY, row.sender
            yield COUNTRY, row.target
            yield DATA, row.what
    for binding in Binding:
        yield DATA, binding.about.partition(":")[0]
    for regime in Regime:
        yield DATA, regime.about


def in_lesson(notebook: Path) -> Iterator[Marked]:
    """The paragraphs of a lesson, in their order."""
    calls = [
        call
        for call in ast.walk(ast.parse(notebook.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "tr"
    ]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        for one in str(ast.literal_eval(call.args[0])).split(PARAGRAPH):
            yield None, one


def domains() -> dict[str, Path | None]:
    """The catalogues by name: that of the package, and one for each lesson with its notebook."""
    found = sorted(LESSONS.glob("[0-9][0-9]_*.py"))
    return {DOMAIN: None} | {lesson_domain(int(one.name[:2])): one for one in found}


def template(domain: str) -> Catalog:
    """All messages of a catalogue, none translated."""
    catalogue = Catalog(project="negotiation", fuzzy=False)
    notebook = domains()[domain]
    for context, message in (
        in_lesson(notebook)
        if notebook
        else [*in_code(), *in_data(), *in_countries(), *in_settings(), *in_lab(), *in_record()]
    ):
        if message:
            catalogue.add(message, context=context)
    return catalogue


def fresh(path: Path, language: str) -> Catalog:
    """All messages with what a catalogue knows of them."""
    old = {}
    if path.exists():
        with path.open("rb") as file:
            old = {(m.id, m.context): m.string for m in read_po(file, locale=language) if m.id}
    made = Catalog(locale=language, project="negotiation", fuzzy=False)
    for message in template(path.stem):
        if message.id:
            key = message.id if isinstance(message.id, str) else tuple(message.id)
            known = old.get((key, message.context))
            # flags say of a message what its text shows
            made.add(message.id, known, context=message.context).flags.clear()
    return made


def texts(catalogue: Catalog) -> tuple[bytes, bytes]:
    """A catalogue as the text that people edit, and compiled."""
    plain, compiled = io.BytesIO(), io.BytesIO()
    # what a machine would write of the time is left out: the same messages give the same bytes
    write_po(plain, catalogue, width=96, no_location=True, omit_header=True)
    head = "".join(f"# {line}\n" for line in NOTE.split("\n"))
    head += (
        'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    text = head.encode() + plain.getvalue()
    read = read_po(io.BytesIO(text))
    read.creation_date = read.revision_date = dt.datetime(2025, 7, 28, tzinfo=dt.UTC)
    write_mo(compiled, read)
    return text, compiled.getvalue()


def main() -> None:
    """Write each language's catalogue and what is compiled of it; say what is missing."""
    for folder in sorted(LOCALE.glob("*/LC_MESSAGES")):
        for domain in domains():
            path = folder / f"{domain}.po"
            catalogue = fresh(path, folder.parent.name)
            text, compiled = texts(catalogue)
            path.write_bytes(text)
            path.with_suffix(".mo").write_bytes(compiled)
            missing = sum(not message.string for message in catalogue if message.id)
            print(f"{path.parts[-3]}, {domain}: {len(catalogue)} messages, {missing} missing")


if __name__ == "__main__":
    main()
