"""Small GENIUS files made by hand, whose utilities are known in closed form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

DOMAIN = """<negotiation_template>
<utility_space number_of_issues="0">
<objective index="0" name="holiday" type="objective" etype="objective">
<issue index="1" name="Place" type="discrete">
<item index="1" value="sea"/>
<item index="2" value="hills"/>
</issue>
<issue index="2" name="Days" type="integer" lowerbound="2" upperbound="4"/>
</objective>
</utility_space>
</negotiation_template>
"""

# Place: sea 1, hills 1/4; days: (value - 2) / 2, so with weights .75 and .25 the six
# utilities are .75 * {1, 1/4} + .25 * {0, 1/2, 1}.
FIRST = """<utility_space>
<objective index="0" name="holiday" type="objective" etype="objective">
<issue index="1" name="Place" type="discrete">
<item index="1" value="sea" evaluation="8"/>
<item index="2" value="hills" evaluation="2"/>
</issue>
<issue index="2" name="Days" type="integer" lowerbound="2" upperbound="4">
<evaluator ftype="linear" slope="0.5" offset="0"/>
</issue>
<weight index="2" value="0.25"/>
<weight index="1" value="0.75"/>
</objective>
<discount_factor value="0.5"/>
<reservation value="0.2"/>
</utility_space>
"""

# The other way round: hills 1, sea 1/2; short stays preferred; weights .5 and .5.
SECOND = """<utility_space>
<reservation value="0.6"/>
<objective index="0" name="holiday" type="objective" etype="objective">
<issue index="2" name="Days" type="integer" lowerbound="2" upperbound="4">
<evaluator ftype="linear" slope="-0.5" offset="1"/>
</issue>
<issue index="1" name="Place" type="discrete">
<item index="1" value="hills" evaluation="4"/>
<item index="2" value="sea" evaluation="2"/>
</issue>
<weight index="1" value="0.5"/>
<weight index="2" value="0.5"/>
</objective>
</utility_space>
"""


@pytest.fixture
def texts() -> dict[str, str]:
    """The three files of the holiday problem, to be changed by a test."""
    return {"domain.xml": DOMAIN, "profile1.xml": FIRST, "profile2.xml": SECOND}


@pytest.fixture
def problem(tmp_path: Path) -> Callable[[dict[str, str]], list[Path]]:
    """Write texts as files and return their paths."""

    def write(texts: dict[str, str]) -> list[Path]:
        for name, text in texts.items():
            (tmp_path / name).write_bytes(text.encode())
        return [tmp_path / name for name in texts]

    return write
