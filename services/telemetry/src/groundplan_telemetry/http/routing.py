"""Which handler answers a method and a path; a path's `{places}` match up to the next slash."""

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from groundplan_telemetry.http.reply import Refused, Reply
from groundplan_telemetry.http.request import Request

Handler = Callable[[Request], Awaitable[Reply]]
"""May raise `Refused`."""


@dataclass(frozen=True, slots=True)
class Route:
    """One operation, such as `GET /traces/{trace_id}`."""

    method: str
    path: str
    handler: Handler
    is_open: bool = False
    """Whether it is answered without the key."""
    takes_in: bool = False
    """Whether the key of senders is enough."""


@dataclass(frozen=True, slots=True)
class Found:
    """A route, and the values of its path's places."""

    route: Route
    parts: dict[str, str]


class Router:
    """All routes; whole paths are looked up, paths with places tried one after the other."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._whole: dict[str, dict[str, Route]] = {}
        self._placed: dict[str, tuple[re.Pattern[str], dict[str, Route]]] = {}
        for route in routes:
            self._of(route.path)[route.method] = route

    def find(self, method: str, path: str) -> Found:
        """Return the route of a request.

        Raises:
            Refused: there is none.
        """
        methods, parts = self._match(path)
        if not methods:
            raise Refused(404, "not_found", f"Nothing is at {path}.")
        if method not in methods:
            known = ", ".join(sorted(methods))
            raise Refused(405, "method_not_allowed", f"{path} answers {known}.")
        return Found(methods[method], parts)

    def _match(self, path: str) -> tuple[dict[str, Route], dict[str, str]]:
        if whole := self._whole.get(path):
            return whole, {}
        for pattern, methods in self._placed.values():
            if found := pattern.fullmatch(path):
                return methods, found.groupdict()
        return {}, {}

    def _of(self, path: str) -> dict[str, Route]:
        if "{" not in path:
            return self._whole.setdefault(path, {})
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
        return self._placed.setdefault(path, (pattern, {}))[1]
