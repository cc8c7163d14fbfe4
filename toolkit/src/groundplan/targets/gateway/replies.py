"""What Envoy answers itself, as `application/problem+json` like every service."""

from http import HTTPStatus

from groundplan.targets.gateway.extension import Json, extension
from groundplan_contracts import problem

_AUTHORIZATION_OUT = "response.code_details.startsWith('ext_authz_error')"
_KEYS_OUT = "response.code_details.contains('Jwks_remote_fetch_is_failed')"

_JWT_REFUSED = "response.code_details.startsWith('jwt_authn_access_denied')"

_UNAUTHENTICATED = (401, "unauthenticated", "A valid access token is needed.")
_BY_STATUS = (
    (400, "invalid_request", "The request cannot be read."),
    _UNAUTHENTICATED,
    (403, "forbidden", "This is not allowed."),
    (404, "not_found", "Nothing is served under this path."),
    (408, "request_timeout", "The request took too long to arrive."),
    (413, "payload_too_large", "The request body is larger than this route takes."),
    (426, "upgrade_required", "This version of HTTP is not served."),
    (429, "rate_limited", "Too many requests; wait and try again."),
    (431, "headers_too_large", "The request headers are too large or too many."),
    (500, "internal_error", "The gateway failed."),
    (502, "upstream_failed", "The service gave no proper answer."),
    (503, "dependency_unavailable", "The service is not available; try again."),
    (504, "upstream_timeout", "The service did not answer in time."),
)
_COME_AGAIN = frozenset({429, 503})


def local_replies() -> Json:
    """Return the mapping, from the special to the general; the first that fits is taken."""
    return {
        "mappers": [
            _as_it_is("response.code_details == 'ext_authz_denied'"),
            _as_it_is("response.code_details == 'direct_response' && response.code == 200"),
            _mapper(
                _expression(_AUTHORIZATION_OUT),
                503,
                "authorization_unavailable",
                "Who you are cannot be checked at the moment; try again.",
            ),
            _mapper(
                _expression(_KEYS_OUT),
                503,
                "dependency_unavailable",
                "Tokens cannot be verified at the moment; try again.",
            ),
            _mapper(_expression(_JWT_REFUSED), *_UNAUTHENTICATED),
            *(_mapper(_status(status), status, *words) for status, *words in _BY_STATUS),
        ]
    }


def _as_it_is(expression: str) -> Json:
    """Leave an answer that somebody has already written."""
    return {
        "filter": _expression(expression),
        "body_format_override": {
            "text_format_source": {"inline_string": "%LOCAL_REPLY_BODY%"},
        },
    }


def _mapper(condition: Json, status: int, code: str, detail: str) -> Json:
    headers = {"x-content-type-options": "nosniff", "cache-control": "no-store"}
    if status in _COME_AGAIN:
        headers["retry-after"] = "1"
    if status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = 'Bearer realm="groundplan"'
    return {
        "filter": condition,
        "status_code": status,
        "headers_to_add": [
            {"header": {"key": key, "value": value}, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}
            for key, value in headers.items()
        ],
        "body_format_override": {
            "content_type": problem.MEDIA_TYPE,
            "json_format": {
                "type": problem.TYPE_BASE + code,
                "title": HTTPStatus(status).phrase,
                "status": "%RESPONSE_CODE%",
                "code": code,
                "detail": detail,
                "request_id": "%REQ(X-REQUEST-ID)%",
            },
        },
    }


def _status(status: int) -> Json:
    value = {"default_value": status, "runtime_key": f"reply_{status}"}
    return {"status_code_filter": {"comparison": {"op": "EQ", "value": value}}}


def _expression(text: str) -> Json:
    return {
        "extension_filter": extension(
            "envoy.access_loggers.extension_filters.cel",
            "envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter",
            expression=text,
        )
    }
