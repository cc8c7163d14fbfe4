import re

from groundplan_backend.app import PUBLISHED
from groundplan_backend.docs import page
from groundplan_backend.http import openapi

_DOCUMENT = openapi.document(PUBLISHED, "1")
_PAGE = page.render(_DOCUMENT)


def test_every_operation_and_schema_is_on_the_page() -> None:
    """What the document has, people can read."""
    for item in _DOCUMENT["paths"].values():
        for operation in item.values():
            assert f'<article id="{operation["operationId"]}">' in _PAGE
    for name in _DOCUMENT["components"]["schemas"]:
        assert f'id="schema-{name}"' in _PAGE


def test_links_inside_the_page_lead_somewhere() -> None:
    """Contents and types can be followed."""
    targets = set(re.findall(r'id="?([\w-]+)', _PAGE))
    assert set() == set(re.findall(r'href="#([\w-]+)"', _PAGE)) - targets


def test_the_page_fits_a_strict_policy() -> None:
    """No script, no inline style, nothing from another host."""
    assert not re.search(r"<script|style=|onclick|https?://(?!groundplan)", _PAGE)


def test_text_is_escaped() -> None:
    """A description cannot become markup."""
    document = {**_DOCUMENT, "info": {**_DOCUMENT["info"], "title": "<b>&"}}
    assert "&lt;b&gt;&amp; API" in page.render(document)
