"""The tables of the strategies' settings, and of what they may know, are those of the code."""

from __future__ import annotations

from pathlib import Path

from negotiation.scenario.quantity import allowed_text
from negotiation.tactics.facts import FACTS
from negotiation.tactics.registry import BUILT_IN

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
PAGE, FACTS_PAGE = HOW_TO / "choose-strategies.md", HOW_TO / "write-a-strategy.md"
FACTS_BEGIN, FACTS_END = "<!-- facts: begin -->\n", "<!-- facts: end -->\n"
BEGIN, END = "<!-- settings of strategies: begin -->\n", "<!-- settings of strategies: end -->\n"


def passage() -> str:
    """Return what the page says of the settings, strategy by strategy."""
    lines = ["| strategy | setting | as shipped | allowed | what it is |", "|---|---|---|---|---|"]
    for name, strategy in BUILT_IN.items():
        for key, setting in strategy.settings().items():
            allowed = allowed_text(setting.bounds)
            lines.append(
                f"| `{name}` | `{key}` | {setting.default:g} | {allowed} | {setting.about} |"
            )
    return "\n".join(lines) + "\n"


def test_the_page_lists_every_setting_of_every_strategy() -> None:
    """The passage is the one that the classes give, and each setting says what it is."""
    assert PAGE.read_text("utf-8").split(BEGIN)[1].split(END)[0] == passage()
    for strategy in BUILT_IN.values():
        assert all(setting.about for setting in strategy.settings().values())


def facts() -> str:
    """Return what the page says that a compiled share may ask for."""
    rows = [f"| `{name}` | {about} |" for name, about in FACTS.items()]
    return "\n".join(["| argument | what it is |", "|---|---|", *rows]) + "\n"


def test_the_page_lists_all_that_a_compiled_share_may_ask_for() -> None:
    """The passage is the one that the code gives."""
    assert FACTS_PAGE.read_text("utf-8").split(FACTS_BEGIN)[1].split(FACTS_END)[0] == facts()
