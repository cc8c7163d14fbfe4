"""What holds for all tests: where CI runs, a skipped test counts as a failed one."""

import os
from collections.abc import Iterator

import pytest
import structlog

pytest_plugins = ["tests.quiet"]


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
