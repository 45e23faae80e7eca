"""Who may ask, and for what: requests that no browser on this machine sends for the site itself are refused.

A page from elsewhere can send requests to this machine. By DNS rebinding it can read the answers, too: its own name
then leads here, and stands in the header Host (CVE-2025-24010). An IP address or `localhost` cannot be rebound.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS: Final = ("GET", "HEAD")
ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    # In a frame, a page from elsewhere could have somebody press what they do not see. (CSP Level 3, 6.4.2; the other
    # is for browsers that do not know it.)
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
"""Headers of every answer. None lets another origin in: there is no `Access-Control-Allow-Origin`."""


class HostCheck:
    """Lets through to an application what may be asked."""

    def __init__(self, application: ASGIApp, hosts: Collection[str] = (), *, local: bool = True) -> None:
        """Guard `application`.

        Args:
            application: what answers.
            hosts: names under which it may be asked for, besides those of this machine.
            local: whether it listens to this machine alone; else any IP address will do as a name.
        """
        self._application = application
        self._hosts = frozenset(host.lower().rstrip(".") for host in hosts)
        self._local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._application(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # a web socket: it is closed unanswered, which is a 403

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                named = [(key.lower().encode(), value.encode()) for key, value in ALWAYS.items()]
                message = {**message, "headers": [*message.get("headers", ()), *named]}
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._application)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not self._knows(hosts[0]):
            return PlainTextResponse("This preview is not served under that name.\n", 403)
        # A browser names the origin in all requests of other sites whose answer they could read.
        if any(origin.lower() != f"http://{hosts[0].lower()}" for origin in origins):
            return PlainTextResponse("This preview does not answer other sites.\n", 403)
        if scope["method"] not in METHODS:
            return PlainTextResponse(
                "This preview can be read, and nothing else.\n", 405, {"Allow": ", ".join(METHODS)}
            )
        return None

    def _knows(self, host: str) -> bool:
        """Tell whether a header Host names this machine. The port does not matter: it may be forwarded."""
        name = _name(host)
        if name is None:
            return False
        if name == "localhost" or name in self._hosts:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return not self._local or address.is_loopback


def _name(host: str) -> str | None:
    """Return the name in a header Host, in lower case; None if there is none (RFC 9110, 7.2)."""
    name, colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if not colon:
        name = host
    elif not (port.isascii() and port.isdigit()):
        return None
    if name.startswith("[") and name.endswith("]"):
        return name[1:-1].lower() if ":" in name else None
    return name.lower() if name and ":" not in name else None
