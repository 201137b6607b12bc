"""Who may talk to the lab, and where it listens."""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
from needing import needed

from negotiation.cli import app as cli
from negotiation.errors import InputError
from negotiation.lab.guard import Guard, refusal
from negotiation.lab.serving import address, listening
from negotiation.words.language import speaking


def scope(kind: str = "http", **headers: str) -> dict[str, Any]:
    """A request with some headers."""
    told = [(k.encode(), v.encode()) for k, v in headers.items()]
    return {"type": kind, "path": "/", "headers": told}


LOOPBACK = ("127.0.0.1", "localhost", "::1")


@pytest.mark.parametrize(
    ("request_", "passes"),
    [
        (scope(host="127.0.0.1:8765"), True),
        (scope(host="localhost:8765", origin="http://localhost:8765"), True),
        (scope(host="[::1]:8765"), True),
        (scope(host="evil.example:8765"), False),  # a name that points here: DNS rebinding
        (scope(host="127.0.0.1.evil.example"), False),
        (scope(host="192.168.0.7:8765"), False),
        (scope(), False),
        (scope(host="localhost:8765", origin="http://evil.example"), False),
        (scope(host="localhost:8765", origin="http://localhost:9999"), False),
        (scope(host="localhost:8765", origin="null"), False),
        (scope("websocket", host="localhost:8765"), False),
        (scope("websocket", host="localhost:8765", origin="http://localhost:8765"), True),
    ],
)
def test_only_the_own_page_passes(request_: dict[str, Any], passes: bool) -> None:
    """A request passes under a name of this computer, and from a page that came from here."""
    assert (refusal(request_, LOOPBACK, numbers=False) == "") == passes


def test_a_lab_for_others_answers_to_addresses_in_numbers_alone() -> None:
    """No name server answers for an address in numbers, so nobody can point one here."""
    assert refusal(scope(host="192.168.0.7:80"), LOOPBACK, numbers=True) == ""
    assert refusal(scope(host="evil.example:80"), LOOPBACK, numbers=True)


def asked(guard: Guard, request_: dict[str, Any]) -> list[Any]:
    """What a guard sends to a request."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(guard(request_, receive, send))
    return sent


def test_a_page_is_rewritten_and_may_fetch_from_here_alone() -> None:
    """The whole page is rewritten before it is sent, with its new length and a strict policy."""

    async def page(request_: Any, receive: Any, send: Any) -> None:
        length = (b"content-length", b"4")
        await send({"type": "http.response.start", "status": 200, "headers": [length]})
        await send({"type": "http.response.body", "body": b"ab", "more_body": True})
        await send({"type": "http.response.body", "body": b"cd"})

    guard = Guard(page, "127.0.0.1", rewrite=lambda body: body + b"!")
    start, body = asked(guard, scope(host="localhost"))
    headers = dict(start["headers"])
    assert body["body"] == b"abcd!"
    assert headers[b"content-length"] == b"5"
    assert b"default-src 'self'" in headers[b"content-security-policy"]
    refused = asked(guard, scope(host="evil.example"))
    assert refused[0]["status"] == 403 and b"evil.example" in refused[1]["body"]
    closed = asked(guard, scope("websocket", host="localhost"))
    assert [message["type"] for message in closed] == ["websocket.close"]


def test_strangers_are_refused_in_the_language_of_the_lab() -> None:
    """A lab in Chinese says in Chinese why it does not answer, and where it cannot listen."""
    latin = re.compile("[A-Za-z]{3,}")
    asked_for = (
        refusal(scope(host="evil.example"), LOOPBACK, numbers=False),
        refusal(scope("websocket", host="localhost"), LOOPBACK, numbers=False),
        refusal(scope(host="localhost", origin="http://evil.example"), LOOPBACK, numbers=False),
    )
    assert all(latin.search(told) for told in asked_for)
    with speaking("zh_CN"):
        for request_ in (
            scope(host="evil.example"), scope("websocket", host="localhost"),
            scope(host="localhost", origin="http://evil.example"),
        ):  # fmt: skip
            told = refusal(request_, LOOPBACK, numbers=False)
            assert not latin.search(re.sub("'[^']*'|WebSocket", "", told)), told
        with pytest.raises(InputError) as wrong:
            listening("192.0.2.1", 0)
    assert not latin.search(str(wrong.value).replace("--host", "")), wrong.value


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    """Whoever starts a second lab reads which port to name instead."""
    with listening("127.0.0.1", 0) as door:
        port = door.getsockname()[1]
        with pytest.raises(InputError, match=rf"--port {port}: it is in use; name another one"):
            listening("127.0.0.1", port)
        assert address(door, "0.0.0.0") == f"http://127.0.0.1:{port}/"
    with pytest.raises(InputError, match="--host 192.0.2.1: allowed: an address of this computer"):
        listening("192.0.2.1", 0)


def test_without_solara_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The extra is named, on one line, with exit code 2."""
    monkeypatch.setattr("negotiation.cli.verbs.lab.find_spec", lambda name: None)
    with pytest.raises(SystemExit) as end:
        cli.app()(["lab"])
    assert end.value.code == 2
    assert capsys.readouterr().err == (
        "The lab needs Solara: pip install 'negotiation[lab]', or `make lab` in a clone.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--port", "70000"], "--port"),
        (["--port", "x"], "whole number"),
        (["stokholm-2025"], "stockholm-2025"),
        (["--sweep", "nowhere"], "nowhere"),
        (["--set", "us.patiense=1"], "'patience'"),
    ],
)
def test_wrong_arguments_are_said_in_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong, and what is allowed; exit code 2, and no lab."""
    needed("solara")
    with pytest.raises(SystemExit) as end:
        cli.app()(["lab", *arguments])
    told = capsys.readouterr()
    assert end.value.code == 2 and said in told.err and told.out == ""
    assert "Traceback" not in told.err


def test_an_open_lab_refuses_strangers_and_sends_nothing_away(lab: str) -> None:
    """Over the wire: another host, another origin, a websocket of another page."""
    place = urlsplit(lab)

    def status(path: str = "/", **headers: str) -> int:
        wire = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
        wire.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        try:
            return wire.getresponse().status
        finally:
            wire.close()

    shake = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }  # fmt: skip
    socket_ = "/jupyter/api/kernels/a/channels?session_id=b"
    assert status() == 200
    assert status(Host="evil.example") == 403
    assert status(Origin="http://evil.example") == 403
    assert status(socket_, **shake, Origin="http://evil.example") == 403
    assert status(socket_, **shake, Origin=lab.rstrip("/")) == 101
    assert status("/_solara/cdn/not-there@1.0/index.js") >= 400  # not fetched from elsewhere
    with pytest.raises(OSError), socket.create_connection((socket.gethostname(), place.port), 5):
        assert place.port is not None
        if socket.gethostbyname(socket.gethostname()).startswith("127."):
            raise OSError("this computer's name is that of the loopback alone")
