import msgspec
import pytest

from groundplan_backend.catalog.schemas import AnnotationText


@pytest.mark.parametrize(
    "url",
    ["https://docs.example/a?b=c#d", "http://127.0.0.1:8080/", "https://a"],
)
def test_web_addresses_are_links(url: str) -> None:
    """A link leads to a page."""
    text = msgspec.convert({"key": "link", "value": "x", "url": url}, AnnotationText)
    assert url == text.url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://a b",
        "https://[::1",
        "https://user@host/",
        "https://a/\n",
        "https://a\x00",
        "//a",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """Nothing that a browser would run, and nothing that two parsers read differently."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"key": "link", "value": "x", "url": url}, AnnotationText)
