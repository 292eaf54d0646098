"""The review page's server: on this machine only, behind a token, and with nothing to give but the desk."""

from __future__ import annotations

import hmac
import secrets
import socket
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from cleaner.errors import CleanerError, MissingExtra, OptionError, OutputError
from cleaner.render.page import policy
from cleaner.render.record import utf8
from cleaner.review.desk import Answer, Desk, Known, Request

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request as HttpRequest
    from starlette.responses import Response

LOOPBACK = "127.0.0.1"
#: bytes of a request; a decision has some hundred
_LONGEST_BODY = 65_536
#: digits of a document's number
_LONGEST_NUMBER = 10
_T = TypeVar("_T")


class _Decide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    decision: Request
    known: Known


class _Undo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    known: Known


class _Changes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    since: int
    known: Known


class _Refused(Exception):
    """A request that is not answered; the status says why."""

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)


def new_token() -> str:
    """What an address must hold to be answered: 128 bits of chance."""
    return secrets.token_urlsafe(16)


def application(desk: Desk, token: str, port: int) -> Starlette:
    """The application that serves a desk.

    Parameters: `port` is where it will listen: requests that were sent to another host or port are refused, so that no page from the
    network can reach it under a name of its own.
    Raises `MissingExtra`.
    """
    try:
        from starlette.applications import Starlette
        from starlette.responses import Response
        from starlette.routing import Route
    except ImportError:
        raise MissingExtra("the review page", "review") from None

    hosts = {f"{LOOPBACK}:{port}", f"localhost:{port}"}
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy(connect=True) + "; frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }

    def reply(content: bytes, kind: str, status: int = 200) -> Response:
        return Response(content, status, {**headers, "Content-Type": f"{kind}; charset=utf-8"})

    def checked(handle: Callable[[HttpRequest], Awaitable[Response]]) -> Callable[[HttpRequest], Awaitable[Response]]:
        async def answer(request: HttpRequest) -> Response:
            try:
                if request.headers.get("host", "") not in hosts:
                    raise _Refused(403, "this address is not answered")
                if not hmac.compare_digest(str(request.path_params.get("token", "")).encode(), token.encode()):
                    raise _Refused(404, "there is nothing here")
                if request.headers.get("origin") not in (None, *(f"http://{host}" for host in hosts)):
                    raise _Refused(403, "other pages are not answered")
                return await handle(request)
            except _Refused as refused:
                return reply(_error(refused.reason), "application/json", refused.status)
            except OutputError as error:
                return reply(_error(f"Not saved: {error}"), "application/json", 507)
            except CleanerError as error:
                return reply(_error(str(error)), "application/json", 422)

        return answer

    async def page(request: HttpRequest) -> Response:
        return reply(utf8(desk.page()), "text/html")

    async def document(request: HttpRequest) -> Response:
        number = request.path_params["number"]
        if not (number.isdecimal() and len(number) < _LONGEST_NUMBER):
            raise _Refused(404, "there is nothing here")
        return reply(msgspec.json.encode(desk.text(int(number))), "application/json")

    async def decide(request: HttpRequest) -> Response:
        asked = await _body(request, _Decide)
        return answered(desk.decide(asked.decision), asked.known)

    async def undo(request: HttpRequest) -> Response:
        asked = await _body(request, _Undo)
        return answered(desk.undo(), asked.known)

    async def changes(request: HttpRequest) -> Response:
        asked = await _body(request, _Changes)
        return answered(desk.changes(asked.since), asked.known)

    def answered(answer: Answer, known: Known) -> Response:
        return reply(msgspec.json.encode(desk.grown(answer, known)), "application/json")

    async def missing(request: Any, error: Exception) -> Response:
        return reply(_error("there is nothing here"), "application/json", 404)

    return Starlette(
        routes=[
            Route("/{token}/", checked(page), methods=["GET"]),
            Route("/{token}/document/{number}", checked(document), methods=["GET"]),
            Route("/{token}/decide", checked(decide), methods=["POST"]),
            Route("/{token}/undo", checked(undo), methods=["POST"]),
            Route("/{token}/changes", checked(changes), methods=["POST"]),
        ],
        exception_handlers={404: missing, 405: missing},
    )


def serve(desk: Desk, port: int, told: Callable[[str], None]) -> None:
    """Serves a desk until it is interrupted.

    Parameters: `port` is 0 for any that is free; `told` gets the page's address when it is there.
    Raises `MissingExtra`, and `OptionError` where the port is taken.
    """
    try:
        import uvicorn
    except ImportError:
        raise MissingExtra("the review page", "review") from None
    try:
        listening = socket.create_server((LOOPBACK, port))
    except (OSError, OverflowError) as error:
        raise OptionError("port", port, f"cannot be listened on ({error}): name another one, or 0 for any that is free") from error
    with listening:
        port = listening.getsockname()[1]
        token = new_token()
        app = application(desk, token, port)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none", lifespan="off")
        told(f"http://{LOOPBACK}:{port}/{token}/")
        uvicorn.Server(config).run(sockets=[listening])


async def _body(request: HttpRequest, kind: type[_T]) -> _T:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise _Refused(415, "only JSON is read")
    content = b""
    async for piece in request.stream():
        content += piece
        if len(content) > _LONGEST_BODY:
            raise _Refused(413, "the request is too long")
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _Refused(400, f"not understood ({error}): reload the page") from error


def _error(reason: str) -> bytes:
    return msgspec.json.encode({"error": reason})
