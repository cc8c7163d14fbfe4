"""A client that asks again where the gateway could not find out in time who calls.

A machine that stalls for a fifth of a second makes the gateway refuse, which is right and says
nothing of what a test asks. The refusal comes before anybody has looked at the request, so asking
again does nothing twice. Whatever else is answered, other errors among it, is passed on at once.
"""

import time
from typing import Any, Final

import httpx

PAUSES: Final = (0.3, 1.0, 3.0)
"""Seconds before each repeat; who is refused four times is refused."""
ASKED: Final = "asked"
"""Under this name an answer's extensions say when it was asked for, by the monotonic clock."""
UNAVAILABLE: Final = 503
_UNDECIDED: Final = (b'"authorization_unavailable"', b"Sessions cannot be checked")


def is_undecided(status: int, body: bytes) -> bool:
    """Tell whether a request was refused because nobody could say who calls."""
    return status == UNAVAILABLE and any(word in body for word in _UNDECIDED)


class Patient(httpx.HTTPTransport):
    """Asks again after a refusal of that kind."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the first answer that is a decision; a body that comes in pieces is sent once."""
        for pause in PAUSES if isinstance(request.stream, httpx.ByteStream) else ():
            answer = self._ask(request)
            if answer.status_code != UNAVAILABLE or not is_undecided(UNAVAILABLE, answer.read()):
                return answer
            time.sleep(pause)
        return self._ask(request)

    def _ask(self, request: httpx.Request) -> httpx.Response:
        asked = time.monotonic()
        answer = super().handle_request(request)
        answer.extensions[ASKED] = asked
        return answer


def patient(url: str = "", **options: Any) -> httpx.Client:
    """Return such a client of an origin; `options` are those of any client."""
    return httpx.Client(base_url=url, transport=Patient(), **{"timeout": 15, **options})
