"""Templates of ExternalSecrets write what is fetched."""

from collections.abc import Callable
from typing import Any

import pytest

from groundplan.admission import fetched

Object = dict[str, Any]


@pytest.fixture
def secret(find: Callable[[str], Object]) -> Object:
    """Return an ExternalSecret that writes an address from two values."""
    found = find("ExternalSecret")
    text = 'x://{{ .user }}:{{ .word | urlquote | replace "a.b" "%20" }}@h.example'
    found["spec"]["target"]["template"]["data"] = {"database-url": text}
    found["spec"]["data"] = [{"secretKey": "user"}, {"secretKey": "word"}]
    return found


def test_what_is_fetched_is_written(secret: Object) -> None:
    """Nothing is said where both are the same."""
    assert [] == fetched.findings([secret])


def test_quoted_words_and_texts_are_no_values() -> None:
    """Only what stands behind a dot in an action is one."""
    text = 'a.b {{ .one }} {{ printf "%s.x" (index . "k") }} {{- .two | replace "." ".y" -}}'
    assert {"one", "two"} == fetched.variables(text)


def test_a_value_that_nobody_fetches_is_found(secret: Object) -> None:
    """The Secret would never be made."""
    secret["spec"]["data"].pop()
    (found,) = fetched.findings([secret])
    assert "spec.target.template.data[database-url]" == found.path
    assert "must write what is fetched, writes word" == found.must


def test_a_value_that_nobody_writes_is_found(secret: Object) -> None:
    """It is fetched for nothing."""
    secret["spec"]["data"].append({"secretKey": "more"})
    (found,) = fetched.findings([secret])
    assert ("spec.data[more]", "must be written by the template") == (found.path, found.must)


def test_whole_documents_are_not_judged(secret: Object) -> None:
    """What a document holds nobody knows here."""
    secret["spec"] |= {"data": [], "dataFrom": [{"extract": {"key": "x"}}]}
    assert [] == fetched.findings([secret])
