"""Who may talk to the lab: pages that it served itself, asked for under a name of this computer.

A page of somebody else in the same browser can send requests to a port of this computer, and, with
a name of its own that it lets point here (DNS rebinding), read the answers. It cannot forge the
``Host`` and ``Origin`` that the browser writes. So a request is refused whose host is not a name of
this computer, or whose origin is not the page's own; a websocket has to state its origin.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from negotiation.words.language import tr

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Whatever the page or a library in it may want: nothing is fetched from elsewhere.
HEADERS = {
    "content-security-policy": "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "frame-ancestors 'none'; form-action 'none'; base-uri 'self'; object-src 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def name_of(host: str) -> str:
    """Return the name in a ``Host``, without its port.

    Examples
    --------
    >>> name_of("localhost:8765"), name_of("[::1]:8765"), name_of("evil.example")
    ('localhost', '::1', 'evil.example')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def is_address(name: str) -> bool:
    """Return whether a name is an address in numbers, which no name server answers for.

    Examples
    --------
    >>> is_address("192.168.0.7"), is_address("evil.example")
    (True, False)
    """
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def names_here(host: str) -> frozenset[str]:
    """Return the names under which the lab may be asked for, if it listens at ``host``.

    Examples
    --------
    >>> sorted(names_here("127.0.0.1"))
    ['127.0.0.1', '::1', 'localhost']
    """
    if host in LOOPBACK:
        return frozenset(LOOPBACK)
    return frozenset({*LOOPBACK, host.lower(), socket.gethostname().lower()})


def refusal(
    scope: Message, names: Iterable[str], *, numbers: bool, headers: dict[str, str] | None = None
) -> str:
    """Return why a request is refused, or "" if it may pass.

    Parameters
    ----------
    scope : dict
        Of the request, as ASGI has it.
    names : iterable of str
        Under which the lab may be asked for.
    numbers : bool
        Whether any address in numbers will do too: the lab listens beyond this computer.
    """
    if headers is None:
        headers = headers_of(scope)
    host = headers.get("host", "")
    name = name_of(host)
    if name not in names and not (numbers and is_address(name)):
        return tr("The lab does not answer to the host {host}.", host=repr(name))
    origin = headers.get("origin")
    if origin is None:
        return tr("A websocket has to state its origin.") if scope["type"] == "websocket" else ""
    if origin.lower() not in (f"http://{host}".lower(), f"https://{host}".lower()):
        return tr("The lab does not answer to pages of {origin}.", origin=repr(origin))
    return ""


def headers_of(scope: Message) -> dict[str, str]:
    """Return the headers of a request by name."""
    return {name.decode("latin-1").lower(): v.decode("latin-1") for name, v in scope["headers"]}


class Guard:
    """An application that passes on what may pass, and sends pages with a strict policy.

    Parameters
    ----------
    application : callable
        The ASGI application behind it.
    host : str
        Where the lab listens.
    rewrite : callable, optional
        What is done to the bytes of a page before they are sent.
    """

    def __init__(
        self, application: Application, host: str, rewrite: Callable[[bytes], bytes] | None = None
    ) -> None:
        self.application, self.names = application, names_here(host)
        self.numbers, self.rewrite = host not in LOOPBACK, rewrite

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] not in ("http", "websocket"):
            await self.application(scope, receive, send)
            return
        if why := refusal(scope, self.names, numbers=self.numbers):
            await refuse(scope, receive, send, why)
        elif scope["type"] == "http":
            plain = [(k, v) for k, v in scope["headers"] if k.lower() != b"accept-encoding"]
            page = scope["path"] == "/" and self.rewrite is not None
            passed = {**scope, "headers": plain} if page else scope
            await self.application(passed, receive, Sender(send, self.rewrite if page else None))
        else:
            await self.application(scope, receive, send)


class Sender:
    """Sends an answer with our headers, and a page as it was rewritten."""

    def __init__(self, send: Send, rewrite: Callable[[bytes], bytes] | None) -> None:
        self.send, self.rewrite, self.body = send, rewrite, b""
        self.start: Message = {}

    async def __call__(self, message: Message) -> None:
        """Send a message on; that of a page once it is whole."""
        if message["type"] == "http.response.start":
            ours = [(k.encode(), v.encode()) for k, v in HEADERS.items()]
            self.start = {**message, "headers": [*message.get("headers", []), *ours]}
            if self.rewrite is None:
                await self.send(self.start)
        elif self.rewrite is None or message["type"] != "http.response.body":
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                body = self.rewrite(self.body)
                kept = [(k, v) for k, v in self.start["headers"] if k.lower() != b"content-length"]
                length = (b"content-length", str(len(body)).encode())
                await self.send({**self.start, "headers": [*kept, length]})
                await self.send({"type": "http.response.body", "body": body})


async def refuse(scope: Message, receive: Receive, send: Send, why: str) -> None:
    """Refuse a request: 403 with the reason, a websocket before it is opened."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": why})
        return
    start = {
        "type": "http.response.start",
        "status": 403,
        "headers": [(b"content-type", b"text/plain; charset=utf-8")],
    }
    await send(start)
    await send({"type": "http.response.body", "body": why.encode()})
