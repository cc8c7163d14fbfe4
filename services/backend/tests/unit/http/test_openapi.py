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
    """No schema leaves room for what it does not describe, but those of what others send."""
    loose = [
        name
        for name, schema in DOCUMENT["components"]["schemas"].items()
        if schema.get("type") == "object" and schema.get("additionalProperties") is not False
    ]
    assert ["AlertNotice", "SentAlert"] == loose


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


def test_a_sign_in_has_two_answers() -> None:
    """A union is written as one; each member is a schema of its own."""
    operation = DOCUMENT["paths"]["/api/v1/identity/sign-in"]["post"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    names = [one["$ref"].rsplit("/", 1)[1] for one in schema["oneOf"]]
    assert ["SignedIn", "MfaDue"] == names
    assert set(names) <= set(DOCUMENT["components"]["schemas"])


def test_a_step_up_and_a_scope_are_told() -> None:
    """The description says what a caller needs, and the answers how it is refused."""
    dangerous = DOCUMENT["paths"]["/api/v1/identity/users/{user}"]["delete"]
    assert "proven lately" in dangerous["description"]
    assert "step_up_required" in dangerous["responses"]["403"]["description"]
    scoped = DOCUMENT["paths"]["/api/v1/catalog/platform"]["get"]
    assert "scope catalog:read" in scoped["description"]
    assert "insufficient_scope" in scoped["responses"]["403"]["description"]


def test_a_stream_is_described_as_bytes() -> None:
    """What comes as it is, the headers that are read, and every good end that it has."""
    item = DOCUMENT["paths"]["/api/v1/artifacts/uploads/{upload}/parts/{number}"]["put"]
    assert ["application/octet-stream"] == list(item["requestBody"]["content"])
    assert "Content-Digest" in {each["name"] for each in item["parameters"]}
    fetched = DOCUMENT["paths"]["/api/v1/artifacts/{artifact}/content"]["get"]["responses"]
    assert {"200", "206", "304", "416"} <= set(fetched)


def test_what_is_not_modified_has_no_body() -> None:
    """A 304 promises no content, as HTTP forbids it one."""
    responses = DOCUMENT["paths"]["/api/v1/artifacts/{artifact}/content"]["get"]["responses"]
    assert ("content" in responses["200"], "content" in responses["304"]) == (True, False)


def test_a_parameter_that_must_be_there_is_required() -> None:
    """Of a link both halves are; of a list nothing is."""
    shared = DOCUMENT["paths"]["/api/v1/artifacts/shared/{artifact}"]["get"]["parameters"]
    asked = {each["name"]: each["required"] for each in shared if each["in"] == "query"}
    assert {"expires": True, "signature": True} == asked
    listed = DOCUMENT["paths"]["/api/v1/artifacts"]["get"]["parameters"]
    assert not any(each["required"] for each in listed)
