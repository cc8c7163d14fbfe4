"""Routes have one owner each, under /api."""

# ruff: noqa: E501 - words stand whole

from collections.abc import Callable

import pytest

from groundplan.loader.rules import routes

Ask = Callable[..., list[str]]


def test_the_reference_keeps_every_rule(ask: Ask) -> None:
    """Nothing is found where nothing is wrong."""
    assert [] == [words for rule in routes.RULES for words in ask(rule.check, "")]


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        (
            routes.have_owners,
            "services: {authz: {routes: [/api/a]}}",
            [
                "services.authz.routes: must be empty: kind authorization has none",
            ],
        ),
        (
            routes.stand_under_api,
            "services: {a: {kind: service, routes: [/a, /api, /apis/a, /api/v1, /api/docs/a, /api/v12]}}",
            [
                "services.a.routes[0].path: must begin with /api/",
                "services.a.routes[1].path: must begin with /api/",
                "services.a.routes[2].path: must begin with /api/",
                "services.a.routes[3].path: /api/v1 is kept for the backend",
                "services.a.routes[4].path: /api/docs/a is kept for the backend",
            ],
        ),
        (
            routes.stand_under_api,
            "services: {backend: {routes: [/api/v2]}}",
            [
                "services.backend.routes[0].path: must begin with /api/v1 or /api/docs for kind backend",
            ],
        ),
        (
            routes.stay_in_place,
            "services: {a: {kind: service, routes: [/api/../x, /api/..a]}}",
            [
                "services.a.routes[0].path: must not hold the segments . or .., is /api/../x",
            ],
        ),
        (
            routes.are_said_once,
            "services: {a: {kind: service, routes: [/api/a, /api/a]}, b: {kind: service, routes: [/api/a]}}",
            [
                "services.a.routes[1].path: /api/a is a route of this service already",
                "services.b.routes[0].path: /api/a is a route of `a` already",
            ],
        ),
        (
            routes.hide_none,
            "services: {a: {kind: service, routes: [/api/a, /api/a/x]}, b: {kind: service, routes: [/api/a/y, /api/ab]}}",
            [
                "services.b.routes[0].path: /api/a/y lies below /api/a, a route of `a`",
            ],
        ),
        (
            routes.readers_come_first,
            "services: {a: {kind: service, routes: [{path: /api/a, roles: {read: administrator}}, {path: /api/b, auth: none, roles: {read: administrator}}]}}",
            [
                "services.a.routes[0].roles: operator may write but not read, which is for administrator",
            ],
        ),
        (
            routes.write_for_sessions,
            "services: {a: {kind: service, routes: [{path: /api/a, whenCacheIsDown: all}, {path: /api/b, auth: none, whenCacheIsDown: all}]}}",
            [
                "services.a.routes[0].whenCacheIsDown: `all` lets through who signed out, because nobody can look it up",
            ],
        ),
    ],
)
def test_finds_what_is_broken(
    ask: Ask, rule: Callable[..., object], text: str, words: list[str]
) -> None:
    """Each rule finds its own kind of fault, at its place, in these words."""
    assert words == ask(rule, text)
