"""The server of the lab: a port of this computer, and nothing sent to or fetched from elsewhere."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from negotiation.errors import InputError
from negotiation.words.language import marked, spoken, tr

INSTALL = marked("The lab needs Solara: pip install 'negotiation[lab]', or `make lab` in a clone.")
SETTINGS = {
    "SOLARA_APP": "negotiation.lab.page",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_ASSETS_PROXY": "True",
    "SOLARA_KERNEL_CULL_TIMEOUT": "10m",  # a tab that is gone; the link restores its state
    "SOLARA_KERNEL_MAX_PER_SESSION": "100",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_TELEMETRY_SERVER_USER_ID": "nobody",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_TITLE": "Negotiation lab",
    "SOLARA_THEME_VARIANT": "light",  # at first: `dressed` has it follow the browser
}
HERE = Path(__file__).parent


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at a place, or say in a sentence why there is none.

    Raises
    ------
    InputError
        If the port is in use or may not be used, or the host is no address of this computer.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except socket.gaierror:
        why = tr(
            "--host {host}: there is no such host; allowed: an address of this computer.", host=host
        )
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        why = tr("--port {port}: the system says: {reason}.", port=port, reason=reason)
        if error.errno == errno.EADDRINUSE:
            free = port + 1 if port < 65535 else port - 1
            why = tr(
                "--port {port}: it is in use; name another one, such as --port {free}.",
                port=port, free=free,
            )  # fmt: skip
        if error.errno == errno.EADDRNOTAVAIL:
            why = tr(
                "--host {host}: allowed: an address of this computer, such as 127.0.0.1.", host=host
            )
    raise InputError(why)


def application(host: str) -> Any:
    """Return the lab as an ASGI application, or say which extra it needs.

    Raises
    ------
    InputError
        If Solara is not installed.
    """
    os.environ.update({**SETTINGS, "SOLARA_THEME_TITLE": tr(SETTINGS["SOLARA_THEME_TITLE"])})
    try:
        import solara.server.starlette as server
    except ImportError:
        raise InputError(tr(INSTALL)) from None
    from solara.server import app, cdn_helper
    from solara.server.server import read_root

    from negotiation.lab.guard import Guard

    warnings.filterwarnings("ignore", "Cookies with samesite=none")  # there is no login
    logging.getLogger("solara").setLevel(logging.ERROR)
    cdn_helper.fetch_from_cdn = nothing_fetched
    app.apps["__default__"].check()  # imported now, not when the first visitor waits
    read_root("/")
    style = (HERE / "lab.css").read_text("utf-8")
    return Guard(server.app, host, lambda page: dressed(page, style))


def nothing_fetched(url: str) -> bytes:
    """Refuse to fetch a file of the page from elsewhere: all of them come with solara-assets."""
    raise FileNotFoundError(f"{url} is not among the installed files of the page.")


def dressed(page: bytes, style: str) -> bytes:
    """Return Solara's page with a language, our look, and a size that readers may change.

    What is to be seen at once, before any script has come, is put where the page will grow.
    """
    text = page.decode("utf-8")
    lang = spoken().replace("_", "-")
    text = text.replace("<html>", f'<html lang="{lang}">', 1)
    text = text.replace(", maximum-scale=1, user-scalable=no, minimal-ui", "", 1)
    text = text.replace('"variant": "light"', '"variant": "auto"', 1)
    text = text.replace("</head>", f"<style>{style}</style>\n</head>", 1)
    head, wait = tr("Negotiation lab"), tr("One moment: the page is being set.")
    at_once = f"<main class='lab'><h1>{head}</h1><p>{wait}</p></main>"
    text = text.replace('data-app="true">', f'data-app="true">{at_once}', 1)
    return text.encode("utf-8")


def serve(door: socket.socket, page: Any) -> None:
    """Answer whoever comes through the socket, until the process is asked to stop."""
    import uvicorn

    config = uvicorn.Config(
        page, access_log=False, log_level="error", loop="asyncio",
        proxy_headers=False, server_header=False, timeout_graceful_shutdown=1,
    )  # fmt: skip
    with suppress(KeyboardInterrupt):  # uvicorn has closed by then, and raises it again
        uvicorn.Server(config).run(sockets=[door])


def end() -> NoReturn:
    """End the process at once: threads of pages that are still open would keep it for minutes."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def address(door: socket.socket, host: str) -> str:
    """Return what to type into a browser on this computer.

    Examples
    --------
    >>> with listening("127.0.0.1", 0) as door:
    ...     address(door, "127.0.0.1") == f"http://127.0.0.1:{door.getsockname()[1]}/"
    True
    """
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    shown = f"[{shown}]" if ":" in shown else shown
    return f"http://{shown}:{door.getsockname()[1]}/"
