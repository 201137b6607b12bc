"""``negotiation adopt``: write the calibrated numbers into scenario files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.errors import counted

PLACE = 72

Files = Annotated[list[Path], o.argument("SCENARIO.toml", "Scenario files to rewrite.")]


def adopt(files: Files) -> None:
    """Write the calibrated numbers into scenario files; comments and the rest stay.

    Example: negotiation adopt mine.toml
    """
    from negotiation.errors import FileProblems, InputError
    from negotiation.hindcast.adopting import adopted
    from negotiation.hindcast.learned import calibration
    from negotiation.scenario import Scenario
    from negotiation.scenario.scenario import read_text
    from negotiation.sweep import atomic

    changed = []
    for file in files:  # all are tried before any is written
        if not file.is_file():
            raise InputError(f"{file}: there is no such file; expected a scenario file (TOML).")
        text, where = read_text(file)
        sides = Scenario.of_text(text, where).sides
        try:
            new, paths = adopted(text, calibration(), sides)
        except InputError as error:
            raise FileProblems(where, [str(error)]) from None
        Scenario.of_text(new, where)
        changed.append((file, new, paths))
    for file, new, paths in changed:
        try:
            atomic.write(file.resolve(), new.encode())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(f"{file}: it cannot be written ({reason}).") from None
        say(f"{file}: {counted(len(paths), 'number')} rewritten: {', '.join(paths)}.")
