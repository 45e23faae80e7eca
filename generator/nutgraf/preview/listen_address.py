"""Where the preview listens: addresses as they are typed, and a port that is free."""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
import sys
from dataclasses import dataclass
from typing import Final

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8000
TRIES: Final = 20
"""How many ports are tried, from the one that is asked for upwards."""

_FORM: Final = re.compile(r"(?:(?P<host>\[[0-9A-Fa-f:.%]+\]|[^\s:/\[\]]*):)?(?P<port>\d{1,5})")
_MOST: Final = 65535


class AddressError(Exception):
    """An address cannot be listened at.

    Attributes:
        help: what to do about it.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        """Say what is wrong in `message`, without a final full stop, and what to do in `advice`."""
        super().__init__(message)
        self.help = advice


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a port.

    Attributes:
        host: a name or an IP address, the latter without brackets.
        port: 0 to 65535; 0 takes any that is free.
    """

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT

    @classmethod
    def read(cls, text: str) -> Address:
        """Read `HOST:PORT`, `[IPv6]:PORT`, or a port alone.

        Raises:
            AddressError: it is of none of these forms.
        """
        found = _FORM.fullmatch(text.strip())
        if found is None or int(found["port"]) > _MOST:
            raise AddressError(f"`{text}` is no address to serve at", "Write it as `127.0.0.1:8000`.")
        return cls((found["host"] or "").strip("[]") or DEFAULT_HOST, int(found["port"]))

    def __str__(self) -> str:
        """Return it as it stands in a URL."""
        return f"{quoted(self.host)}:{self.port}"


@dataclass(frozen=True, slots=True)
class Listening:
    """Sockets that listen at one port.

    Attributes:
        sockets: one for each IP address of the host.
        address: where a browser on this machine finds them.
        taken: the port that was asked for, where it was taken.
        local: whether nobody but this machine can reach them.
    """

    sockets: tuple[socket.socket, ...]
    address: Address
    taken: int | None
    local: bool


def quoted(host: str) -> str:
    """Return a host as it stands in a URL: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host


def listen(wanted: Address, *, expose: bool = False) -> Listening:
    """Listen at an address, or at the next port that is free.

    Args:
        wanted: where to listen.
        expose: whether other machines may reach it.

    Raises:
        AddressError: the host is unknown, no port is free, or others could reach it and that was not asked for.
    """
    places = _places(wanted)
    local = all(ipaddress.ip_address(host.partition("%")[0]).is_loopback for _, host in places)
    if not local and not expose:
        advice = "Add `--expose` if that is what you want. Whoever reaches it reads drafts, too."
        raise AddressError(f"other machines could reach the preview at {wanted}", advice)
    last = min(wanted.port + TRIES, _MOST + 1) if wanted.port else 1
    for port in range(wanted.port, last):
        sockets = _bound(places, port)
        if sockets:
            found: int = sockets[0].getsockname()[1]
            host = wanted.host if not _is_any(wanted.host) else "localhost"
            taken = wanted.port if wanted.port and found != wanted.port else None
            return Listening(sockets, Address(host, found), taken, local)
    raise AddressError(
        f"no port from {wanted.port} to {last - 1} is free", "Choose another: `nutgraf serve -a localhost:9000`"
    )


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _places(wanted: Address) -> list[tuple[socket.AddressFamily, str]]:
    try:
        found = socket.getaddrinfo(wanted.host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressError(f"there is no host `{wanted.host}` to serve at", "Write it as `127.0.0.1:8000`.") from error
    # Each once, in the order in which browsers try them.
    return list(dict.fromkeys((family, str(where[0])) for family, _, _, _, where in found))


def _bound(places: list[tuple[socket.AddressFamily, str]], port: int) -> tuple[socket.socket, ...]:
    """Return a socket for each place; none at all if the port is taken at one of them.

    A browser that asks for `localhost` tries ::1 and 127.0.0.1: with one of the two alone it could meet a stranger.
    """
    sockets: list[socket.socket] = []
    for family, host in places:
        one = socket.socket(family, socket.SOCK_STREAM)
        try:
            _configure(one, family)
            one.bind((host, port or (sockets[0].getsockname()[1] if sockets else 0)))
            one.listen(128)
        except OSError as error:
            one.close()
            if error.errno in _ABSENT and len(places) > 1:
                continue  # the machine has a name for IPv6, and no IPv6
            for other in sockets:
                other.close()
            if error.errno in _TAKEN:
                return ()
            raise AddressError(f"it is not possible to serve at {Address(host, port)}: {error.strerror}") from error
        one.setblocking(False)  # noqa: FBT003 - as asyncio wants it
        sockets.append(one)
    return tuple(sockets)


_ABSENT: Final = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
_TAKEN: Final = (errno.EADDRINUSE, errno.EACCES)


def _configure(one: socket.socket, family: socket.AddressFamily) -> None:
    if sys.platform == "win32":
        # There SO_REUSEADDR would let two programs have one port.
        one.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
