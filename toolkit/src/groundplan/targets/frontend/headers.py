"""Headers of every answer, errors included: what the browser may do, and what it may keep.

They are chosen by maps, not by `add_header` inside locations, because one of those would drop
all that were inherited.
"""

from groundplan.targets.frontend.directive import Lines, choose, line, quoted

NO_INLINE_TEXT = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
"""The digest of nothing: style elements may stand empty, to be filled through the CSSOM."""
SITE_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    f"style-src 'self' {NO_INLINE_TEXT}",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
API_POLICY = (
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
)
"""For answers that are data, and bring no policy of their own as the API's pages do."""
FEATURES = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
TWO_YEARS = 63_072_000

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""The same on every answer; what the API says of them is dropped."""
STRICT_TRANSPORT = f"max-age={TWO_YEARS}; includeSubDomains"


def maps(prefixes: tuple[str, ...]) -> Lines:
    """Return the maps that choose policy and caching by what is asked and answered."""
    api = "~^(" + "|".join(prefixes) + ")(/|$)"
    return (
        *choose("$uri", "$own_policy", [(api, _policy(API_POLICY))], _policy(SITE_POLICY)),
        *choose(
            "$upstream_http_content_security_policy",
            "$policy",
            [("~.", '""')],
            "$own_policy",
        ),
        *choose(
            '"$status $uri"',
            "$own_caching",
            [
                ("~^(200|206|304) /assets/", quoted("public, max-age=31536000, immutable")),
                ("~^(200|206|304) /status.json$", "no-store"),
                (f"~^(200|206|304) {api.removeprefix('~^')}", "no-store"),
                ("~^(200|206|304) ", "no-cache"),
            ],
            "no-store",
        ),
        *choose("$upstream_http_cache_control", "$caching", [("~.", '""')], "$own_caching"),
        *choose("$upstream_http_x_request_id", "$answered_id", [("~.", '""')], "$caller_id"),
    )


def on_every_answer(*, https: bool) -> Lines:
    """Return the headers; the promise of HTTPS only where the site is reached by it."""
    fixed = {**FIXED, **({"Strict-Transport-Security": STRICT_TRANSPORT} if https else {})}
    return (
        *line("add_header", "Content-Security-Policy", "$policy", "always"),
        *line("add_header", "Cache-Control", "$caching", "always"),
        *line("add_header", "X-Request-Id", "$answered_id", "always"),
        *(text for name, value in fixed.items() for text in _always(name, value)),
    )


def dropped_from_upstream() -> Lines:
    """Return what hides the API's own values of headers that the edge decides."""
    names = (*FIXED, "Strict-Transport-Security")
    return tuple(text for name in names for text in line("proxy_hide_header", name))


def _always(name: str, value: str) -> Lines:
    return line("add_header", name, quoted(value), "always")


def _policy(parts: tuple[str, ...]) -> str:
    return quoted("; ".join(parts))
