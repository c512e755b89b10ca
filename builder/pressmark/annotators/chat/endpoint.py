"""Sends one POST to an untrusted endpoint, with limits on time, size and tries. Redirects are not followed.

It uses `http.client`, because `urllib.request` follows redirects by itself.
"""

from __future__ import annotations

import json
import socket
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from pressmark.record.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse

_REFUSED = 400
_RETRIED = {408, 409, 429, 500, 502, 503, 504}
_CHUNK = 64 * 2**10


class EndpointError(Exception):
    """The endpoint gave no usable answer. The message is one line, safe to print."""


class RefusedError(EndpointError):
    """The server does not take this request (status 400)."""


class _AgainError(EndpointError):
    """An `EndpointError` that another try may avoid, after ``wait`` seconds if the server says so."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits: seconds until the whole answer is there, tries, and bytes of an answer.

    ``pause`` is the wait before the second try, in seconds. It doubles with each further try.
    """

    deadline: float = 180
    tries: int = 3
    size: int = 8 * 2**20
    pause: float = 1


def post(url: str, key: str | None, body: dict[str, Any], limits: Limits) -> bytes:
    """POST JSON and return the body of the answer.

    Raises:
        EndpointError: no answer in time, an answer that is too large, a redirect, or an error status.
    """
    place = urlsplit(url)
    if place.scheme not in {"http", "https"} or not place.hostname:
        raise EndpointError(f"{quoted(url)} is not an http or https address")
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    data = json.dumps(body).encode()
    for number in range(1, limits.tries + 1):
        try:
            return _once(place, headers, data, limits)
        except _AgainError as error:
            if number == limits.tries:
                raise
            time.sleep(limits.pause * 2 ** (number - 1) if error.wait is None else min(error.wait, limits.deadline))
    raise EndpointError("the limits allow no try")


def _once(place: SplitResult, headers: dict[str, str], data: bytes, limits: Limits) -> bytes:
    from http.client import HTTPConnection, HTTPException, HTTPSConnection  # it brings `ssl`, and only `--llm` needs it

    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    try:
        connection = kind(place.hostname or "", place.port, timeout=limits.deadline)
    except ValueError as error:
        raise EndpointError(f"{quoted(place.geturl())}: {error}") from None
    began = time.monotonic()
    try:
        connection.connect()
        with _cut_at(connection.sock, limits.deadline):
            connection.request("POST", place.path + (f"?{place.query}" if place.query else ""), data, headers)
            with connection.getresponse() as response:
                answer = _body(response, limits)
        if time.monotonic() - began < limits.deadline:
            return _successful(response.status, answer, response.headers.get("Retry-After"))
    except (OSError, HTTPException, ValueError) as error:
        if time.monotonic() - began < limits.deadline:
            raise _AgainError(f"{place.netloc}: {quoted(str(error) or type(error).__name__)}") from None
    finally:
        connection.close()
    raise EndpointError(f"no complete answer in {limits.deadline:g} seconds")


@contextmanager
def _cut_at(sock: socket.socket, seconds: float) -> Iterator[None]:
    """Close the connection in time. A socket's own timeout restarts with each byte, so a slow server could evade it."""
    watch = Timer(seconds, _cut, [sock])
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        watch.join()


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):  # it is closed already
        sock.shutdown(socket.SHUT_RDWR)


def _body(response: HTTPResponse, limits: Limits) -> bytes:
    from http.client import IncompleteRead

    answer = bytearray()
    while chunk := response.read1(_CHUNK):
        answer += chunk
        if len(answer) > limits.size:
            raise EndpointError(f"the answer is over {limits.size} bytes")
    if response.length:
        raise IncompleteRead(b"", response.length)
    return bytes(answer)


def _successful(status: int, answer: bytes, wait: str | None) -> bytes:
    if 200 <= status < 300:
        return answer
    said = quoted(answer[:200].decode("utf-8", "replace"))
    if 300 <= status < 400:
        raise EndpointError(f"status {status}: redirects are not followed; set OPENAI_BASE_URL to the right address")
    message = f"status {status}: {said}"
    if status in _RETRIED:
        raise _AgainError(message, float(wait) if wait and wait.isdecimal() else None)
    raise (RefusedError if status == _REFUSED else EndpointError)(message)
