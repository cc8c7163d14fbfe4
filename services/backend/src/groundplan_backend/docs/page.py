"""The OpenAPI document as one HTML page: contents, operations and schemas, without scripts."""

import re
from html import escape
from itertools import groupby
from typing import Any, Final

_SCHEMAS: Final = "#/components/schemas/"
_METHODS: Final = ("get", "post", "put", "patch", "delete")

Document = dict[str, Any]


def render(document: Document) -> str:
    """Return the page."""
    operations = [
        (path, method, item[method])
        for path, item in document["paths"].items()
        for method in _METHODS
        if method in item
    ]
    title = escape(document["info"]["title"])
    tags = [
        (tag, list(group)) for tag, group in groupby(operations, key=lambda one: one[2]["tags"][0])
    ]
    contents = "".join(_contents(tag, group) for tag, group in tags)
    sections = "".join(_section(tag, group) for tag, group in tags)
    schemas = "".join(
        _schema(name, schema) for name, schema in document["components"]["schemas"].items()
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title} API</title><link rel="stylesheet" href="/api/docs/style.css"></head>'
        f"<body><nav aria-label=Contents><h1>{title} API</h1>"
        f'<p><a href="/api/v1/openapi.json">OpenAPI 3.1 document</a></p>{contents}'
        '<h2><a href="#schemas">Schemas</a></h2></nav>'
        f"<main>{sections}<h2 id=schemas>Schemas</h2>{schemas}</main></body></html>"
    )


def _prose(text: str) -> str:
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(text))


def _contents(tag: str, operations: list[tuple[str, str, Any]]) -> str:
    links = "".join(
        f'<li><a href="#{operation["operationId"]}">'
        f'<b class="{method}">{method.upper()}</b> {escape(operation["summary"])}</a></li>'
        for _, method, operation in operations
    )
    return f'<h2><a href="#tag-{escape(tag)}">{escape(tag.capitalize())}</a></h2><ul>{links}</ul>'


def _section(tag: str, operations: list[tuple[str, str, Any]]) -> str:
    articles = "".join(_article(*operation) for operation in operations)
    return f'<h2 id="tag-{escape(tag)}">{escape(tag.capitalize())}</h2>{articles}'


def _article(path: str, method: str, operation: Any) -> str:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return (
        f'<article id="{operation["operationId"]}"><h3>{escape(operation["summary"])}</h3>'
        f'<p class=route><b class="{method}">{method.upper()}</b> <code>{escape(path)}</code></p>'
        f"<p>{escape(operation['description'])}</p>"
        + _parameters(operation["parameters"])
        + (f"<h4>Body</h4><p>{_type(body['schema'])}</p>" if body else "")
        + _responses(operation["responses"])
        + "</article>"
    )


def _parameters(parameters: list[Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(one['name'])}</code></td><td>{one['in']}</td>"
        f"<td>{_type(one['schema'])}</td><td>{_prose(one.get('description', ''))}</td></tr>"
        for one in parameters
    )
    head = "<tr><th>Name</th><th>In</th><th>Type</th><th></th></tr>"
    return f"<h4>Parameters</h4><table>{head}{rows}</table>" if rows else ""


def _responses(responses: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{status}</td><td>{_content(response)}</td>"
        f"<td>{_prose(response['description'])}</td></tr>"
        for status, response in responses.items()
    )
    return f"<h4>Answers</h4><table><tr><th>Status</th><th>Type</th><th></th></tr>{rows}</table>"


def _content(response: Any) -> str:
    return ", ".join(_type(media["schema"]) for media in response.get("content", {}).values())


def _schema(name: str, schema: Any) -> str:
    required = schema.get("required", [])
    rows = "".join(
        f"<tr><td><code>{escape(field)}</code></td><td>{_type(kind)}</td>"
        f"<td>{'required' if field in required else ''}</td></tr>"
        for field, kind in schema.get("properties", {}).items()
    )
    return (
        f'<article id="schema-{escape(name)}"><h3>{escape(name)}</h3>'
        f"<p>{escape(schema.get('description', ''))}</p>"
        f"<table><tr><th>Field</th><th>Type</th><th></th></tr>{rows}</table></article>"
    )


def _type(schema: Any) -> str:
    if "$ref" in schema:
        name = escape(schema["$ref"].removeprefix(_SCHEMAS))
        return f'<a href="#schema-{name}">{name}</a>'
    if choice := schema.get("anyOf") or schema.get("oneOf"):
        return " or ".join(_type(one) for one in choice)
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(word))}</code>" for word in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    limits = [
        f"{words} {schema[key]}"
        for key, words in (
            ("minimum", "at least"),
            ("maximum", "at most"),
            ("minLength", "at least"),
            ("maxLength", "at most"),
        )
        if key in schema
    ]
    kind = schema.get("format") or schema.get("type") or "anything"
    return escape(", ".join([str(kind), *limits]))
