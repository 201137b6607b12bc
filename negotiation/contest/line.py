"""The referee's end of a line: it asks a file, waits as long as it may, and believes nothing."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import negotiation
from negotiation.contest.player import LONGEST, send_question
from negotiation.errors import InputError, counted
from negotiation.printable import printable

MOST_ANSWER = 65_536  # bytes
FOR_THE_CHECK = 90.0  # seconds that the whole check of one file may take
FOR_LOADING = 20.0
NEEDS = "A tournament of files needs a system with fork, such as Linux or macOS."


class Fallen(InputError):
    """A file that is out of the contest; the message is what follows its name."""


class Limits(NamedTuple):
    """What one file may use.

    Attributes
    ----------
    answer_seconds : float
        For one answer, by the clock.
    table_seconds : float
        For the talks at one table of the check before the games, by the clock.
    game_seconds : int
        For all answers of one game together, by the clock, and processor time in one game.
    megabytes : int
        Memory beyond what the package itself takes.
    """

    answer_seconds: float = 2.0
    table_seconds: float = 5.0
    game_seconds: int = 10
    megabytes: int = 512


class Nursery:
    """The process that begets a home for every file; used in a ``with`` block."""

    def __enter__(self) -> Nursery:
        if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
            raise InputError(NEEDS)
        self.room = tempfile.TemporaryDirectory(prefix="negotiation-contest-")
        self.control, theirs = socket.socketpair()
        self.homes: list[Line] = []
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "negotiation.contest.player", str(theirs.fileno())],
                pass_fds=[theirs.fileno()], env=_environment(), stdin=subprocess.DEVNULL,
            )  # fmt: skip
        self._heard()
        return self

    def __exit__(self, *error: object) -> None:
        for line in self.homes:
            line.close()
        self.control.close()
        self.process.kill()
        self.process.wait()
        self.room.cleanup()

    def home(self, file: Path, limits: Limits) -> Line:
        """Return a line to a new home of a file, which is loading it."""
        ours, theirs = socket.socketpair()
        asked = {
            "file": str(file), "room": self.room.name, "megabytes": limits.megabytes,
            "seconds": limits.game_seconds, "load_seconds": int(FOR_LOADING),
        }  # fmt: skip
        with theirs:
            socket.send_fds(self.control, [json.dumps(asked).encode()], [theirs.fileno()])
        group = int(self._heard()["process"])
        self.homes.append(Line(ours, group, limits))
        return self.homes[-1]

    def _heard(self) -> dict[str, Any]:
        text = b""
        while not text.endswith(b"\n"):
            part = self.control.recv(4096)
            if not part:
                raise InputError("The processes for the files could not be started.")
            text += part
        return dict(json.loads(text))


class Line:
    """A line to the home of one file."""

    def __init__(self, line: socket.socket, group: int, limits: Limits) -> None:
        self.line, self.group, self.limits = line, group, limits
        self.text = b""

    def ask(self, question: dict[str, Any], seconds: float, doing: str) -> dict[str, Any]:
        """Return the answer to a question.

        Raises
        ------
        Fallen
            If there is none in time, or it says what is wrong.
        """
        try:
            send_question(self.line, question)
        except OSError:
            raise Fallen("ended its own process") from None
        return self.heard(seconds, doing)

    def heard(self, seconds: float, doing: str) -> dict[str, Any]:
        """Return what comes next on the line, or say why nothing good does."""
        until = time.monotonic() + seconds
        while b"\n" not in self.text:
            left = until - time.monotonic()
            if left <= 0.0 or not select.select([self.line], [], [], left)[0]:
                self.close()
                raise Fallen(f"did not answer within {counted(seconds, 'second')} ({doing})")
            try:
                part = self.line.recv(MOST_ANSWER)
            except OSError:
                part = b""
            if not part:
                raise Fallen(f"ended its own process ({doing})")
            self.text += part
            if len(self.text) > MOST_ANSWER:
                self.close()
                raise Fallen(f"answered with more than {MOST_ANSWER:,} characters ({doing})")
        said, _, self.text = self.text.partition(b"\n")
        try:
            told = json.loads(said)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise Fallen(f"answered with something that is no answer ({doing})")
        if told.get("offences"):
            raise Fallen(f"{_text(told['offences'][0])} ({doing})")
        for name in ("problem", "gone"):
            if name in told:
                raise Fallen(f"{_text(told[name])} ({doing})")
        return told

    def finish(self) -> None:
        """Let the player of the game go."""
        self.ask({"do": "end"}, self.limits.answer_seconds, "at the end of a game")
        self.dismissed()

    def dismissed(self) -> None:
        """Wait until the home says that the player is gone."""
        with suppress(Fallen):
            self.heard(self.limits.answer_seconds, "at the end of a game")

    def close(self) -> None:
        """End the home and all that it has begotten."""
        with suppress(OSError):
            os.killpg(self.group, signal.SIGKILL)
        self.line.close()


def _text(said: Any) -> str:
    """Return what a file says as text that may be shown."""
    return printable(" ".join(str(said).split()))[:LONGEST]


def _environment() -> dict[str, str]:
    """Return the environment of the processes: what Python needs to find itself, nothing else."""
    wanted = ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "NEGOTIATION_CACHE", "XDG_CACHE_HOME",
              "VIRTUAL_ENV", "LD_LIBRARY_PATH")  # fmt: skip
    kept = {name: os.environ[name] for name in wanted if name in os.environ}
    ours = [str(Path(negotiation.__file__).parents[1])]
    if kept.get("PYTHONPATH"):
        ours.append(kept["PYTHONPATH"])
    kept["PYTHONPATH"] = os.pathsep.join(ours)  # -P leaves the working folder out
    return kept | {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
