from typing import Any

import jsonschema
import pytest

from groundplan_backend.app import PUBLISHED
from groundplan_backend.http import openapi

DOCUMENT = openapi.document(PUBLISHED, "1")


def _operations() -> list[tuple[str, str, Any]]:
    return [
        (method, path, operation)
        for path, item in DOCUMENT["paths"].items()
        for method, operation in item.items()
    ]


def test_operation_ids_are_unique() -> None:
    """Generated clients name their functions by them."""
    names = [operation["operationId"] for _, _, operation in _operations()]
    assert sorted(set(names)) == sorted(names)


def test_every_object_refuses_unknown_fields() -> None:
    """No schema leaves room for what it does not describe."""
    loose = [
        name
        for name, schema in DOCUMENT["components"]["schemas"].items()
        if schema.get("type") == "object" and schema.get("additionalProperties") is not False
    ]
    assert [] == loose


def test_every_reference_leads_somewhere() -> None:
    """There is no schema or header that is named and missing."""

    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if "$ref" in node else []
            return own + [found for value in node.values() for found in references(value)]
        if isinstance(node, list):
            return [found for value in node for found in references(value)]
        return []

    for reference in references(DOCUMENT):
        node: Any = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]
        assert node


@pytest.mark.parametrize(("method", "path", "operation"), _operations())
def test_every_operation_tells_its_errors(method: str, path: str, operation: Any) -> None:
    """Whoever needs a role may be refused; whoever sends a body may send a wrong one."""
    answers = set(operation["responses"])
    assert {"400", "429", "500", "503"} <= answers
    if operation["security"]:
        assert {"401", "403"} <= answers
    if "requestBody" in operation:
        assert {"413", "415"} <= answers
    if "{" in path:
        assert "404" in answers


def test_a_problem_fits_its_schema() -> None:
    """What errors send is what the document promises."""
    from groundplan_backend.errors import InvalidRequest
    from groundplan_contracts.problem import FieldError

    error = InvalidRequest("wrong", errors=[FieldError("name", "is too long")])
    document = error.problem().document(instance="/x", request_id="1")
    schemas = DOCUMENT["components"]["schemas"]
    resolved = {**schemas["Problem"], "components": {"schemas": schemas}}
    jsonschema.validate(document, resolved)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**document, "stack": "trace"}, resolved)
