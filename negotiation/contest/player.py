"""The end of the line where a strategy file runs: it is asked for moves, and answers.

Three generations of processes. The *nursery* has the package loaded and the rules compiled, and
begets the others in milliseconds; it was started afresh and knows neither the seed nor who plays.
A *home* holds one file, behind the fence. For every game it begets a *player*, which is gone with
the game, and with it whatever the file has noted in its own module: what is learned in one game is
of no use in the next. Questions come pickled from the referee; answers go back as JSON, a line
each, because nothing that a file says is to be trusted.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import pickle
import random
import signal
import socket
import struct
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from negotiation.contest import fence as fences

HEAD = struct.Struct("!Q")
LONGEST = 400  # characters of a reason
OWN: list[str] = []  # in a home and its players: the path of the file
NO_MEMORY = "asks for more memory than there is for one file"
KEPT = {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PYTHONHASHSEED", "PATH", "LANG"}
MOST_SECONDS = 3600  # of processor time that any process here may ask for


def send_question(line: socket.socket, question: dict[str, Any]) -> None:
    """Send a question, with its length before it."""
    data = pickle.dumps(question)
    line.sendall(HEAD.pack(len(data)) + data)


def next_question(line: socket.socket) -> dict[str, Any] | None:
    """Return the next question; None once the other end is closed."""
    head = _exactly(line, HEAD.size)
    if head is None:
        return None
    data = _exactly(line, HEAD.unpack(head)[0])
    return None if data is None else dict(pickle.loads(data))


def answer(line: socket.socket, told: dict[str, Any]) -> None:
    """Send an answer as a line of JSON."""
    line.sendall(json.dumps(told).encode() + b"\n")


def nursery(handle: int) -> None:
    """Beget a home for every file that is asked for, until the referee hangs up."""
    control = socket.socket(fileno=handle)
    warm_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the referee is told, and ends all of us
    answer(control, {"ready": True})
    while True:
        try:
            message, handles, _, _ = socket.recv_fds(control, 65_536, 1)
        except InterruptedError:
            continue
        if not message:
            return
        asked = json.loads(message)
        child = os.fork()
        if child == 0:
            control.close()
            with contextlib.suppress(BaseException):
                apart(handles[0], asked)
            os._exit(0)
        for one in handles:
            os.close(one)
        answer(control, {"process": child})


def apart(handle: int, asked: dict[str, Any]) -> None:
    """Beget a home whose parent is this process and nobody else's.

    A file can end its parent by means that no fence sees; then nothing else ends with it.
    """
    os.setsid()
    if os.fork() == 0:
        home(socket.socket(fileno=handle), asked)
        return
    os.close(handle)
    with contextlib.suppress(ChildProcessError):
        os.wait()


def warm_up() -> None:
    """Load and call all that a strategy may ask for, so that no file has to read the cache."""
    from negotiation.game import Game
    from negotiation.strategies import check as _  # noqa: F401  (what every file is tried by)
    from negotiation.strategies.practice import practices
    from negotiation.tactics.base import Offer, Strategy
    from negotiation.tactics.compiled_share import machine_code
    from negotiation.tactics.registry import BUILT_IN

    class Asking(Strategy):
        def move(self, view: Any, rng: Any) -> Offer:
            view.worth(view.my_last_offer)
            view.expected_worth(view.my_last_offer)
            view.expected_worth_to_other(view.my_last_offer)
            view.risk(), view.risk_of_other(), view.fair_share(), view.best_reply()  # noqa: B018
            view.room, view.room_of_other, view.between(0.5)  # noqa: B018
            return Offer.worth(view.target(0.5))

    Game("stockholm-three-issues", seed=1).play()
    practices()[0].play(Asking())
    practices()[-1].play(Asking())
    for strategy in BUILT_IN.values():
        if strategy.compiled_share is not None:
            machine_code(strategy.compiled_share, strategy.__name__, strategy.arguments())


def home(line: socket.socket, asked: dict[str, Any]) -> None:
    """Hold one file: load it behind the fence, and beget a player for every game."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    own = Path(asked["file"])
    OWN[:] = [str(own)]
    source = own.read_bytes()
    os.chdir(asked["room"])  # an empty folder
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    for name in set(os.environ) - KEPT:
        del os.environ[name]
    sys.argv = [own.name]
    sys.dont_write_bytecode = True
    alone = fences.cut_network()
    fences.limit_memory(asked["megabytes"])
    fences.limit_time(asked["load_seconds"], MOST_SECONDS)
    fence = fences.Fence(own, own.parent)
    sys.stdout = sys.stderr = fences.Silent(fence)
    fence.raise_it()
    told, strategy = loaded(own, source, fence)
    answer(line, told | {"network_cut": alone, "offences": fence.offences})
    if strategy is None:
        return
    while True:
        fence.inside = True
        child = os.fork()
        fence.inside = False
        if child == 0:
            try:
                player(line, strategy, fence, asked["seconds"])
            except BaseException as error:  # whatever a file has done to what is around it
                with contextlib.suppress(BaseException):
                    answer(line, {"problem": reason_of(error, OWN)})
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if next_line_closed(line):
            return
        answer(line, {"gone": ending(status, asked["seconds"])})


def next_line_closed(line: socket.socket) -> bool:
    """Return whether the referee has hung up."""
    try:
        return line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def ending(status: int, seconds: int) -> str:
    """Return how a player ended that was not told to, as what follows the name of the file.

    Examples
    --------
    >>> ending(3 << 8, 10), ending(int(signal.SIGSEGV), 10)
    ('ended its own process (exit code 3)', 'crashed its process (SIGSEGV)')
    """
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number in (signal.SIGXCPU, signal.SIGKILL):
            return f"used more than {seconds} seconds of processor time in one game"
        return f"crashed its process ({signal.Signals(number).name})"
    return f"ended its own process (exit code {os.WEXITSTATUS(status)})"


def loaded(own: Path, source: bytes, fence: fences.Fence) -> tuple[dict[str, Any], Any]:
    """Return what there is to say about a file, and its strategy; None if there is none."""
    import types

    from negotiation.tactics.base import Strategy
    from negotiation.tactics.facts import SCALE

    name = f"entrant_{own.stem}"  # the name of no other module
    module = types.ModuleType(name)
    module.__file__ = str(own)
    sys.modules[name] = module
    random.seed(0)
    with Reasons(OWN) as found:
        exec(compile(source, str(own), "exec"), module.__dict__)
    problem = found[0] if found else ""
    classes = [
        value for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Strategy)
        and value.__module__ == name and value is not Strategy
    ]  # fmt: skip
    named = [value for value in dict.fromkeys(classes) if not value.__name__.startswith("_")]
    if not problem and len(named) != 1:
        names = ", ".join(value.__name__ for value in named) or "none"
        problem = f"has to define one class of ng.Strategy (there is: {names})"
    if problem:
        return {"problem": problem}, None
    strategy = named[0]
    said = (strategy.__doc__ or "").strip().partition("\n")[0]
    if strategy.compiled_share is not None and strategy.runs_compiled():
        with Reasons(OWN) as found:  # once here, for all the players to come
            from negotiation.tactics.compiled_share import machine_code
            from negotiation.tactics.registry import BUILT_IN

            rule, ours = strategy.compiled_share, BUILT_IN.values()
            fence.inside = any(one.compiled_share is rule for one in ours)  # it is in the cache
            machine_code(rule, strategy.__name__, strategy.arguments())
        fence.inside = False
        if found:
            return {"problem": found[0]}, None
    step = strategy.settings().get(SCALE)
    return {
        "class": strategy.__name__, "about": said[:LONGEST],
        "moves": strategy.decides_itself(), "waits": bool(strategy.waits),
        "revises": bool(strategy.revises), "step": step.default if step else None,
    }, strategy  # fmt: skip


class Reasons:
    """Turn whatever is raised inside a ``with`` block into one reason.

    Parameters
    ----------
    own : list of str
        The path of the file, whose lines are told.
    """

    def __init__(self, own: list[str]) -> None:
        self.own = own

    def __enter__(self) -> list[str]:
        self.found: list[str] = []
        return self.found

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        if error is not None:
            self.found.append(reason_of(error, self.own))
        return True


def reason_of(error: BaseException, files: list[str]) -> str:
    """Return what was raised as what follows the name of the file, with the line of the file."""
    import traceback

    cause = error.__cause__ if error.__cause__ is not None else error
    if isinstance(cause, MemoryError):
        return NO_MEMORY
    if isinstance(cause, fences.Forbidden):
        return str(cause).removeprefix("it ").removesuffix(", which no file may do in a contest")
    if isinstance(cause, SystemExit):
        return "ends its own process (SystemExit)"
    own = [f for f in traceback.extract_tb(cause.__traceback__) if f.filename in files]
    at = f" in line {own[-1].lineno}" if own else ""
    if isinstance(cause, SyntaxError):
        return f"is no Python: {cause.msg} in line {cause.lineno}"
    said = " ".join(str(cause).split())
    return f"raises {type(cause).__name__}{at}{f': {said}' if said else ''}"[:LONGEST]


def player(line: socket.socket, strategy: Any, fence: fences.Fence, seconds: int) -> None:
    """Play one game: answer what is asked until it is over."""
    import numpy as np

    from negotiation.strategies.view import copied

    first = next_question(line)
    if first is None:
        return
    if first["do"] == "check":
        fences.limit_time(first["seconds"])
        check(line, strategy, fence, first)
        return
    fences.limit_time(seconds)
    random.seed(0)
    np.random.seed(0)
    fence.offences.clear()
    instance: Any = None
    kept: list[Any] = [None, None, None]
    question: dict[str, Any] | None = first
    while question is not None and question["do"] != "end":
        told: dict[str, Any] = {}
        kept = [old if new is None else new
                for old, new in zip(kept, question["records"], strict=True)]  # fmt: skip
        view = replace(question["view"], records=tuple(copied(record) for record in kept))
        with Reasons(OWN) as found:
            instance = instance if instance is not None else strategy()
            method = getattr(instance, question["method"])
            rest = (question["rng"],) if "rng" in question else ()
            told = plain(method(view, *rest))
        answer(line, {"problem": found[0]} if found else told | {"offences": fence.offences})
        question = next_question(line)
    answer(line, {"end": True})


def check(line: socket.socket, strategy: Any, fence: fences.Fence, asked: dict[str, Any]) -> None:
    """Try the contract of every strategy, and send the breaches."""
    from negotiation.strategies.check import problems

    found: list[str] = []
    with Reasons(OWN) as raised:
        found = problems(strategy, limit=asked["limit"])
    found = [NO_MEMORY if "MemoryError" in text else text for text in [*raised, *found]]
    answer(line, {"breaches": [text[:LONGEST] for text in found[:3]],
                  "offences": fence.offences})  # fmt: skip


def plain(move: Any) -> dict[str, Any]:
    """Return a move or a share as plain data; what is neither as the text that it shows.

    Examples
    --------
    >>> from negotiation.tactics.moves import Accept, Offer
    >>> plain(Accept()), plain(Offer((0.5,))), plain(0.25), plain("all of it")
    ({'accept': True}, {'package': [0.5]}, {'share': 0.25}, {'neither': "'all of it'"})
    """
    import numpy as np

    from negotiation.errors import shortened
    from negotiation.tactics.moves import Accept, Offer

    if isinstance(move, Accept):
        return {"accept": True}
    numeric = (int, float, np.floating, np.integer)
    if isinstance(move, Offer):
        if move.package is None:
            if isinstance(move.target, numeric) and not isinstance(move.target, bool):
                return {"target": float(move.target)}
        else:
            with contextlib.suppress(TypeError, ValueError):
                return {"package": [float(z) for z in move.package][:1000]}
    elif isinstance(move, numeric) and not isinstance(move, bool):
        with contextlib.suppress(OverflowError):
            return {"share": float(move) if math.isfinite(move) else str(float(move))}
    return {"neither": shortened(move)}


def _exactly(line: socket.socket, size: int) -> bytes | None:
    parts, left = [], size
    while left:
        part = line.recv(min(left, 1 << 20))
        if not part:
            return None
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


if __name__ == "__main__":
    nursery(int(sys.argv[1]))
