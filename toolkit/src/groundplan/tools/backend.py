"""Speaks to a running Groundplan over HTTP, with an API token: one question, one answer."""

import ssl
from types import TracebackType
from typing import Any, Final, Self

import httpx

from groundplan.errors import ToolError

PATIENCE: Final = 10.0
"""Seconds; the gateway gives a request no more."""
UNREACHABLE: Final = "unreachable"
_REFUSED: Final = 400


class BackendError(ToolError):
    """The backend refused, or did not answer; `code` is its stable code."""

    def __init__(self, message: str, code: str, status: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.status = status

    @property
    def is_passing(self) -> bool:
        """Whether the same question may be answered later."""
        return self.status in (0, 429) or self.status >= 500


class Backend:
    """One running Groundplan, by the address that browsers use."""

    def __init__(self, url: str, token: str, *, authority: str = "", nearby: bool = False) -> None:
        """Prepare to ask.

        Args:
            url: the frontend's address.
            token: an API token.
            authority: the file of who vouches for it, where the system does not know.
            nearby: whether it is this machine, which no proxy stands before.

        Raises:
            BackendError: the address or the token is none.
        """
        verify: ssl.SSLContext | bool = url.startswith("https:")
        if authority and verify:
            verify = ssl.create_default_context(cafile=authority)
        try:
            self._client = httpx.Client(
                base_url=url.rstrip("/"),
                headers={"authorization": f"Bearer {token}"},
                timeout=PATIENCE,
                trust_env=not nearby,
                verify=verify,
            )
        except (httpx.InvalidURL, ValueError) as error:
            raise BackendError(f"{url}: {error}", UNREACHABLE) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str = "",
        content: bytes | None = None,
    ) -> Any:
        """Return the answer as plain values; None where it is empty.

        Args:
            method: of HTTP.
            path: below `/api/v1`.
            body: sent as JSON.
            key: makes a create safe to repeat.
            content: sent as it is, in place of a body.

        Raises:
            BackendError: it refused, or did not answer.
        """
        headers = {"idempotency-key": key} if key else {}
        given: dict[str, Any] = {"json": body} if body is not None else {}
        if content is not None:
            given = {"content": content}
            headers["content-type"] = "application/octet-stream"
        try:
            answer = self._client.request(method, f"/api/v1{path}", headers=headers, **given)
        except httpx.HTTPError as error:
            words = f"{self._client.base_url} does not answer: {error}"
            raise BackendError(words, UNREACHABLE) from None
        if answer.status_code >= _REFUSED:
            raise _refusal(answer)
        try:
            return answer.json() if answer.content else None
        except ValueError:
            words = f"{method} {answer.request.url} is answered with no JSON; is it the frontend?"
            raise BackendError(words, "http_error", _REFUSED) from None


def _refusal(answer: httpx.Response) -> BackendError:
    try:
        problem = answer.json()
        code, detail = str(problem["code"]), str(problem.get("detail", ""))
        for fault in problem.get("errors", ()):
            detail += f"; {fault.get('path', '')}: {fault.get('message', '')}"
    except (ValueError, KeyError, TypeError, AttributeError):
        code, detail = "http_error", f"it answers {answer.status_code}"
    place = f"{answer.request.method} {answer.request.url.path}"
    return BackendError(f"{place} was refused: {detail}", code, answer.status_code)
