"""The cookie that carries the refresh token: unreadable to scripts, sent to identity only."""

from http.cookies import CookieError, SimpleCookie
from typing import Final

from groundplan_backend.http.reply import Header

NAME: Final = "groundplan_refresh"


class RefreshCookie:
    """Writes and reads the cookie; over https it is `__Host-` and Secure."""

    def __init__(self, public_url: str, max_age: int) -> None:
        secure = public_url.startswith("https://")
        self._name = f"__Host-{NAME}" if secure else NAME
        self._max_age = max_age
        self._scope = "Path=/; Secure" if secure else "Path=/api/v1/identity"

    def write(self, token: str) -> Header:
        """Return the header that sets the cookie."""
        return self._header(token, self._max_age)

    def clear(self) -> Header:
        """Return the header that removes the cookie."""
        return self._header("", 0)

    def read(self, headers: dict[bytes, bytes]) -> str | None:
        """Return the token of the cookie, or None."""
        try:
            jar = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
        except CookieError:
            return None
        morsel = jar.get(self._name)
        return morsel.value if morsel and morsel.value else None

    def _header(self, value: str, max_age: int) -> Header:
        cookie = (
            f"{self._name}={value}; {self._scope}; HttpOnly; SameSite=Strict; Max-Age={max_age}"
        )
        return (b"set-cookie", cookie.encode())
