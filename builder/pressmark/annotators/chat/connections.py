"""Sends requests over one HTTP client, which keeps its connections and knows the proxies that the environment names.

The timeouts of HTTP clients restart with each byte, so a slow server could evade them. A task of an event loop is cancelled in
time, wherever it waits. The loop runs in a thread of its own; other threads hand it their requests and wait.
"""

from __future__ import annotations

from threading import Lock, Thread
from typing import TYPE_CHECKING, NamedTuple

from pressmark.annotators.errors import UnavailableError
from pressmark.record.extras import advice
from pressmark.record.text import shortened, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 300  # code points of what a server or a library says


class EndpointError(Exception):
    """The endpoint gave no usable answer. The message is one line, safe to print."""


class AgainError(EndpointError):
    """An `EndpointError` that another try may avoid, after ``wait`` seconds if the server says so."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(message)


class Reply(NamedTuple):
    """What a server answered. ``wait`` is its header Retry-After."""

    status: int
    body: bytes
    wait: str | None


class Connections:
    """The client and its loop. Several threads may use it at once."""

    def __init__(self) -> None:
        import asyncio

        import httpx2

        # As many connections as requests are in flight. A redirect is not followed: it could lead the key to another host.
        self._client = httpx2.AsyncClient(
            timeout=None,
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=None),
            follow_redirects=False,
            headers={"Accept-Encoding": "identity"},  # a compressed answer may be small, and unpack to anything
        )
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._run, daemon=True)  # Ctrl-C need not wait for an answer
        self._thread.start()

    def _run(self) -> None:
        self._loop.run_forever()
        self._loop.close()

    def post(self, url: str, headers: dict[str, str], data: bytes, seconds: float, size: int) -> Reply:
        """POST and return the whole answer.

        Raises:
            EndpointError: it is not there after so many seconds, has more than ``size`` bytes, or the connection failed.
        """
        from asyncio import run_coroutine_threadsafe

        from httpx2 import InvalidURL, TransportError

        try:
            return run_coroutine_threadsafe(self._post(url, headers, data, seconds, size), self._loop).result()
        except TimeoutError:
            raise EndpointError(f"no complete answer in {seconds:g} seconds") from None
        except (InvalidURL, UnicodeError) as error:
            raise EndpointError(f"the address cannot be used: {shortened(str(error), SHOWN)}") from None
        except TransportError as error:
            raise _failed(error) from None

    async def _post(self, url: str, headers: dict[str, str], data: bytes, seconds: float, size: int) -> Reply:
        from asyncio import timeout

        body = bytearray()
        async with timeout(seconds), self._client.stream("POST", url, headers=headers, content=data) as response:
            if response.headers.get("Content-Encoding", "identity").lower() != "identity":
                if response.is_success:
                    raise EndpointError("the answer is compressed, although that was not asked for")
                return Reply(response.status_code, b"", response.headers.get("Retry-After"))
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > size:
                    raise EndpointError(f"the answer is over {size} bytes")
        return Reply(response.status_code, bytes(body), response.headers.get("Retry-After"))

    def close(self) -> None:
        """Close the connections and end the thread."""
        from asyncio import run_coroutine_threadsafe

        run_coroutine_threadsafe(self._client.aclose(), self._loop).result()
        run_coroutine_threadsafe(self._loop.shutdown_default_executor(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()


def _failed(error: Exception) -> EndpointError:
    """Say why a connection failed: the innermost reason that the system gives, else what the client says."""
    import ssl

    causes = list(_causes(error))
    reasons = [str(one) for one in causes if isinstance(one, OSError) and one.strerror]
    said = shortened([str(error) or type(error).__name__, *reasons][-1], SHOWN)
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in causes):
        return EndpointError(f"the certificate is not trusted ({said}); if it is your own, set SSL_CERT_FILE to its authority")
    if any(isinstance(one, ssl.SSLError) for one in causes):
        return AgainError(f"no secure connection (TLS): {said}")
    return AgainError(said)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        inner = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else None
        error = inner or error.__cause__ or error.__context__


_LOCK = Lock()
_OPEN: list[Connections] = []


def connections() -> Connections:
    """The connections of this process, which are opened when they are first needed.

    Raises:
        UnavailableError: the client is not installed, or cannot use what the environment says of proxies or certificates.
    """
    with _LOCK:
        if not _OPEN:
            try:
                _OPEN.append(Connections())
            except ModuleNotFoundError as error:
                raise UnavailableError(advice(error, "a chat model") or visible(str(error))) from None
            except (ImportError, ValueError, OSError) as error:  # as a SOCKS proxy without its package, or a missing file
                raise UnavailableError(f"the proxy or SSL_CERT_FILE of the environment: {visible(str(error))}") from None
        return _OPEN[0]


def close() -> None:
    """Close the connections of this process. The next request opens new ones, as the environment then says."""
    with _LOCK:
        if _OPEN:
            _OPEN.pop().close()
