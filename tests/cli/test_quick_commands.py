"""What a command leaves undone, so that its answer is there at once."""

from __future__ import annotations

import subprocess
import sys

COMMAND = """
import atexit, gc, sys


def tell():  # first registered, so called last
    print(gc.get_threshold()[0] > 10_000, gc.get_freeze_count() > 1000, file=sys.stderr)


atexit.register(tell)
from negotiation.cli import main
assert gc.get_freeze_count() == 0
sys.argv[1:] = {arguments!r}
main()
"""


def test_garbage_is_hardly_sought_by_a_command_and_not_at_its_end() -> None:
    """What a command has made is not gone through and freed before its process ends."""
    program = COMMAND.format(arguments=["scenario", "list"])
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stderr.split() == ["True", "True"]
