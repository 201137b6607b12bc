"""The list of scenarios is read without reading the scenarios."""

from __future__ import annotations

import subprocess
import sys

from negotiation.scenario import Scenario
from negotiation.shipped import shipped, title


def test_titles_are_those_of_the_scenarios() -> None:
    """What stands in the file is what the scenario is called."""
    for name in shipped():
        assert title(name) == Scenario.load(name).title


def test_the_list_needs_nothing_heavy() -> None:
    """Neither arrays nor models are imported for thirteen lines of text."""
    code = (
        "import sys; from negotiation.cli.verbs.scenario import names; names(); "
        "print(sorted({'numpy', 'pydantic', 'numba'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
