"""The cookie that ties the way back from the provider to the browser that set out.

SameSite is Lax, not Strict: the way back begins on the provider's site.
"""

from http.cookies import CookieError, SimpleCookie
from typing import Final

from groundplan_backend.http.reply import Header

NAME: Final = "groundplan_oidc"
VALID_FOR: Final = 600
"""Seconds that a sign-in at the provider may take."""


class StateCookie:
    """Writes and reads the cookie; over https it is `__Host-` and Secure."""

    def __init__(self, public_url: str) -> None:
        secure = public_url.startswith("https://")
        self._name = f"__Host-{NAME}" if secure else NAME
        self._scope = "Path=/; Secure" if secure else "Path=/api/v1/identity/oidc"

    def write(self, state: str) -> Header:
        """Return the header that sets the cookie."""
        return self._header(state, VALID_FOR)

    def clear(self) -> Header:
        """Return the header that removes the cookie."""
        return self._header("", 0)

    def read(self, headers: dict[bytes, bytes]) -> str | None:
        """Return the state of the cookie, or None."""
        try:
            jar = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
        except CookieError:
            return None
        morsel = jar.get(self._name)
        return morsel.value if morsel and morsel.value else None

    def _header(self, value: str, max_age: int) -> Header:
        words = f"{self._name}={value}; {self._scope}; HttpOnly; SameSite=Lax; Max-Age={max_age}"
        return (b"set-cookie", words.encode())
