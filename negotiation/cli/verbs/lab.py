"""``negotiation lab``: a page in the browser with levers, a run to watch, games, replays."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

from negotiation.cli import options as o
from negotiation.cli.say import say
from negotiation.errors import InputError
from negotiation.words.language import tr

PLACE = 80
PORT = 8765

Host = Annotated[
    str, o.text("HOST", "Address to listen at; any but the default lets others in.", "--host")
]
Port = Annotated[int, o.number("N", "Port to listen at; 0 takes one that is free.", "--port")]
Sweep = Annotated[
    Path | None, o.text("SWEEP", "A stored sweep, whose runs can be replayed.", "--sweep")
]
Open = Annotated[bool, o.flag("Open the page in the browser.", "--open")]


def lab(
    scenario: o.ScenarioName = o.DEFAULT_SCENARIO,
    seed: o.Seed = 1,
    settings: o.Settings = None,
    us: o.UsStrategy = None,
    china: o.ChinaStrategy = None,
    sweep: Sweep = None,
    host: Host = "127.0.0.1",
    port: Port = PORT,
    open_page: Open = False,
    language: o.Language = "en",
    quiet: o.Quiet = False,
) -> None:
    """Open a page to move the levers, watch a negotiation, solve games, replay runs.

    Example: negotiation lab stockholm-2025
    """
    from negotiation.lab import serving
    from negotiation.lab.subject import Subject, choose

    o.spoken(language)
    o.within("--port", port, 0, 65535)
    o.within("--seed", seed, 0, 2**63 - 1)
    if find_spec("solara") is None:
        raise InputError(tr(serving.INSTALL))
    chosen = o.load(scenario, o.changes(settings, us, china))
    subject = Subject.of(chosen, seed, sweep)
    with serving.listening(host, port) as door:
        choose(subject)
        subject.warm()
        page = serving.application(host)
        place = serving.address(door, host)
        say(tr("The lab is open at {place} (stop it with Ctrl-C).", place=place))
        if host not in ("127.0.0.1", "localhost", "::1") and not quiet:
            say(tr("Everybody who can reach this computer can open it."), err=True)
        if open_page:
            import webbrowser

            webbrowser.open(place)
        serving.serve(door, page)
    say(tr("The lab is closed."))
    serving.end()
