"""Sends one POST to an untrusted endpoint, with limits on time, size and tries."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pressmark.annotators.chat.connections import SHOWN, AgainError, EndpointError, connections
from pressmark.record.text import quoted, shortened, visible
from pressmark.validation import parse

if TYPE_CHECKING:
    from pressmark.annotators.chat.connections import Reply

_REFUSED = {400, 422}
_RETRIED = {408, 409, 429, 500, 502, 503, 504}


class RefusedError(EndpointError):
    """The server does not take this request. ``said`` is all that it says."""

    def __init__(self, message: str, said: str) -> None:
        self.said = said
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits: seconds until the whole answer is there, tries, and bytes of an answer.

    ``pause`` is the wait before the second try, in seconds. It doubles with each further try. A server that asks for a longer
    wait than ``deadline`` is not tried again.
    """

    deadline: float = 600  # a piece's answer has some 16,000 tokens; many servers write 30 to 100 a second
    tries: int = 3
    size: int = 8 * 2**20
    pause: float = 1


def post(url: str, key: str | None, body: dict[str, Any], limits: Limits) -> bytes:
    """POST JSON and return the body of the answer.

    Raises:
        EndpointError: no answer in time, an answer that is too large, a redirect, or an error status.
        UnavailableError: the client is not installed.
    """
    server = server_of(url)
    headers = {"Content-Type": "application/json", "Accept": "application/json"} | signed(key)
    data = json.dumps(body).encode()
    for number in range(1, limits.tries + 1):
        try:
            return _successful(connections().post(url, headers, data, limits.deadline, limits.size))
        except AgainError as error:
            wait = limits.pause * 2 ** (number - 1) if error.wait is None else error.wait
            if wait > limits.deadline:
                raise EndpointError(f"{error}; it asks to wait {wait:,.0f} seconds, so run the command again later") from None
            if number == limits.tries:
                raise EndpointError(f"{server}: {error}") from None
            time.sleep(wait)
    raise EndpointError("the limits allow no try")


def server_of(url: str) -> str:
    """The host and port of an address, without the password that it may have.

    Raises:
        EndpointError: it is no http or https address.
    """
    try:
        place = urlsplit(url)
        port = f":{place.port}" if place.port else ""
    except ValueError as error:
        raise EndpointError(f"the address cannot be used: {visible(str(error))}") from None
    if place.scheme not in {"http", "https"} or not place.hostname:
        raise EndpointError(f"{quoted(url)} is not an http or https address")
    return f"{visible(place.hostname)}{port}"


def signed(key: str | None) -> dict[str, str]:
    """The header that carries the key.

    Raises:
        EndpointError: no header can.
    """
    key = (key or "").strip()  # a file of keys ends with a line break
    if not (key.isascii() and key.isprintable()):
        raise EndpointError("OPENAI_API_KEY has a character that no key has")  # and which nobody needs to see
    return {"Authorization": f"Bearer {key}"} if key else {}


def _successful(reply: Reply) -> bytes:
    if 200 <= reply.status < 300:
        return reply.body
    if 300 <= reply.status < 400:
        raise EndpointError(f"status {reply.status}: redirects are not followed; set OPENAI_BASE_URL to the right address")
    message = f"status {reply.status}: '{shortened(_reason(reply.body), SHOWN)}'"
    if reply.status in _RETRIED:
        raise AgainError(message, _seconds(reply.wait))
    if reply.status in _REFUSED:
        raise RefusedError(message, reply.body.decode("utf-8", "replace"))
    raise EndpointError(message)


def _reason(body: bytes) -> str:
    """What a server says of an error: its message, else the whole."""
    with suppress(ValueError):  # no JSON
        match parse(body):
            case {"error": {"message": str() as said}} | {"error": str() as said} | {"message": str() as said}:
                return said
    return body.decode("utf-8", "replace")


def _seconds(wait: str | None) -> float | None:
    """What Retry-After says: seconds, or a date. None if it says nothing that can be used."""
    if wait is None or wait.isdecimal():
        return None if wait is None else float(wait)
    with suppress(ValueError, OverflowError):
        until = parsedate_to_datetime(wait)
        return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    return None
