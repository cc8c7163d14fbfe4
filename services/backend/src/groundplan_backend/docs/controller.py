"""Routes of the API's own description; made once, no script, nothing from elsewhere."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from groundplan_backend.docs import page
from groundplan_backend.http import openapi
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Header, Reply, encode

VERSION: Final = "0.1.0"
_STYLE: Final = Path(__file__).with_name("style.css")
_ONE_HOUR: Final[Header] = (b"cache-control", b"public, max-age=3600")
_POLICY: Final[Header] = (
    b"content-security-policy",
    b"default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
)


class DocsController:
    """Answers with the document, the page made from it, and the page's style."""

    def __init__(self, controllers: Iterable[object]) -> None:
        document = openapi.document(controllers, VERSION)
        self._document = encode(document)
        self._page = page.render(document).encode()
        self._style = _STYLE.read_bytes()

    @operation("GET", "/api/v1/openapi.json", "Read the OpenAPI document")
    async def read_document(self, exchange: Exchange) -> Reply:
        """Answer with the document."""
        return Reply(200, ((b"content-type", b"application/json"), _ONE_HOUR), self._document)

    @operation("GET", "/api/docs", "Read the API's description")
    async def read_page(self, exchange: Exchange) -> Reply:
        """Answer with the page."""
        content_type = (b"content-type", b"text/html; charset=utf-8")
        return Reply(200, (content_type, _ONE_HOUR, _POLICY), self._page)

    @operation("GET", "/api/docs/style.css", "Read the style of the description")
    async def read_style(self, exchange: Exchange) -> Reply:
        """Answer with the style."""
        content_type = (b"content-type", b"text/css; charset=utf-8")
        return Reply(200, (content_type, _ONE_HOUR), self._style)
