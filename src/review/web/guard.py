"""Who may ask: only the browser that has the token, only by the server's own names.

The page shows reports that may not be public yet and writes the corrections file, and any web site
that a person has open can send requests to this machine. So a request is answered only if

- its Host is one of the server's own (else a site could point its name at this machine: DNS
  rebinding), and its Origin, where it has one, is the server itself;
- it has the cookie that the token of the first address was exchanged for; the cookie is sent by
  this site's own pages alone (SameSite=Strict), and scripts cannot read it;
- to write, it is a POST with an Origin and a second token, which only our forms hold.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

COOKIE: Final = "styrmatt_review"
TOKEN_BYTES: Final = 32
"""Random bytes of a token: 256 bits, which nobody guesses."""
LARGEST_FORM: Final = 64 * 1024
"""Bytes of a form at most: a reason of some pages."""
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Sent with every answer. Images in ``data:`` are the small pictures that issues hold. Without any
referrer browsers would send forms from ``null``, so our own pages alone get one."""
SITE_POLICY: Final = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; "
    "img-src 'self' file: data:; form-action 'none'; base-uri 'none'"
)
"""The policy that stands in each file of a site: no script but the site's own, and no form. From
the disk not every browser takes another file for the site itself, so these are named."""
_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules for one server, from its start to its end."""

    host: str
    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES))
    """Stands in the first address."""
    _session: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES))

    @property
    def cookie(self) -> str:
        """The name of the cookie; servers on several ports share a browser's cookies."""
        return f"{COOKIE}_{self.port}"

    @property
    def session(self) -> str:
        """The value of the cookie."""
        return self._session

    @property
    def write_token(self) -> str:
        """What forms hold; made from the session, so that it ends with it."""
        return hmac.new(self._session.encode(), b"write", hashlib.sha256).hexdigest()

    def is_own_host(self, host: str) -> bool:
        """Whether a Host header names this server."""
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        if not name:
            name, port = host, "80"
        if port != str(self.port):
            return False
        if is_loopback(self.host):
            return name in _LOOPBACK
        if name in (self.host, *_LOOPBACK, socket.gethostname(), socket.getfqdn()):
            return True
        try:  # an address cannot be pointed elsewhere, as a name can
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return True

    def is_own_origin(self, origin: str, host: str) -> bool:
        """Whether an Origin header is this server, asked for by that Host."""
        return origin == f"http://{host}"

    def is_own_fetch(self, site: str | None) -> bool:
        """Whether a Sec-Fetch-Site header says that one of our pages or the person asked.

        Browsers count another port of this machine as the same site, and send it our cookie.
        """
        return site in (None, "same-origin", "none")

    def opens(self, token: str | None) -> bool:
        """Whether it is the token of the first address."""
        return hmac.compare_digest((token or "").encode(), self.token.encode())

    def knows(self, cookie: str | None) -> bool:
        """Whether the cookie is that of this server."""
        return hmac.compare_digest((cookie or "").encode(), self._session.encode())

    def may_write(self, token: str | None) -> bool:
        """Whether a form came from one of our pages."""
        return hmac.compare_digest((token or "").encode(), self.write_token.encode())
