"""What holds for all tests: in CI a skip is a failure, and no example of Hypothesis is timed."""

import os
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.quiet"]

# A machine that is busy elsewhere makes an example slow, not wrong.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def _own_logging() -> None:
    """Let no test write to the log that another one has set up."""
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


ONLY_ELSEWHERE = "only elsewhere: "
"""Begins the reason of a skip that no CI machine can do without."""


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Turn a skip into a failure in CI, unless its reason says that it cannot run there."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if not (os.environ.get("CI") and report.skipped):
        return
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    if ONLY_ELSEWHERE not in reason:
        report.outcome = "failed"
        report.longrepr = f"skipped where it must run: {reason}"
