"""Open the lessons in the browser: ``python -m negotiation.lessons lessons --language zh_CN``.

The language is looked up before anything is opened; all else that is typed is for ``marimo run``.
"""

from __future__ import annotations

import runpy
import sys

from negotiation.errors import InputError
from negotiation.lessons.words import LANGUAGE, asked_for


def main(arguments: list[str]) -> int:
    """Open the folder or the notebook that is named, in the language that is asked for."""
    try:
        language, rest = asked_for(arguments)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    sys.argv = ["marimo", "run", *rest, "--", f"--{LANGUAGE}", language]
    runpy.run_module("marimo", run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
