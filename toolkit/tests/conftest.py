"""What tests of the toolkit share: the switch that rewrites expected words."""

import pytest


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
