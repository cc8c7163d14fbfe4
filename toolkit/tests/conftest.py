"""What tests of the toolkit share: platforms, and the switch that rewrites expected words."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from groundplan.loader import extend, load, overlay, parse, validate
from groundplan.loader.finding import Finding
from groundplan.loader.tree import dotted
from groundplan.model import arrow
from groundplan.model.platform import Platform

PlatformWith = Callable[[str], Platform]
Rule = Callable[[Platform], Iterator[Finding]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch."""
    parser.addoption(
        "--update-refused",
        action="store_true",
        help="rewrite toolkit/tests/refused/*/expected.txt",
    )


@pytest.fixture
def update_refused(request: pytest.FixtureRequest) -> bool:
    """Say whether expected words are to be rewritten."""
    return bool(request.config.getoption("--update-refused"))


@pytest.fixture(scope="session")
def reference() -> Platform:
    """Return the reference platform as it runs on one machine."""
    return load(extend.REFERENCE)


@pytest.fixture(scope="session")
def platform_with() -> PlatformWith:
    """Return what lays a few lines of YAML over the reference and asks no rules about it."""

    def made(text: str) -> Platform:
        tree = parse.parse(f"extends: reference\n{text}", "platform.yaml")
        whole = extend.extend(tree, Path("made/platform.yaml"))
        found = validate.validate(overlay.overlay(whole, overlay.LOCAL).platform)
        assert () == found.findings
        return arrow.complete(found.platform)

    return made


@pytest.fixture(scope="session")
def ask(platform_with: PlatformWith) -> Callable[[Rule, str], list[str]]:
    """Return what asks a rule about the reference with a few lines laid over it."""

    def asked(rule: Rule, text: str) -> list[str]:
        return [
            f"{dotted(finding.path)}: {finding.message}" for finding in rule(platform_with(text))
        ]

    return asked
