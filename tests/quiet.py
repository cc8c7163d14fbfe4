"""Two workers share the tests that may share a machine; what needs quiet has it alone, at the end.

`./run test` asks for two workers of pytest-xdist. Files are handed out whole, so that what a file
starts is started once. Two kinds of files are handed out together, to one worker:

- `TOGETHER`, first of all: its tests wait for one simulated apply, which is begun with the first.
- `QUIET`, last of all: real servers under load, whose tests time others or are timed by them. It
  begins when all other workers have come to their end, with whatever they had started.

Without workers, as when a person names tests, nothing changes.
"""

from typing import Any, Final

import pytest
from xdist.scheduler import LoadFileScheduling

TOGETHER: Final = ("tests/quality/", "tests/cloud/")
QUIET: Final = (
    "tests/stack/",
    "services/backend/tests/integration/delivery/test_many_followers.py",
    "services/backend/tests/integration/postgres/test_replica.py",
    "services/backend/tests/integration/telemetry/test_outage.py",
    "services/backend/tests/integration/test_api_tokens.py",
    "services/backend/tests/integration/test_dependencies_fail.py",
    "services/backend/tests/integration/test_requests_end.py",
    "services/backend/tests/unit/redis/test_client.py",
    "services/gateway/tests/integration/test_authorization_outage.py",
    "services/gateway/tests/integration/test_redis_outage.py",
    "services/gateway/tests/integration/test_upstream_failure.py",
    "toolkit/tests/integration/cli/test_apply.py",
)


def scope(name: str) -> str:
    """Return what a test is handed out with: its file, or the first place of its kind."""
    file = name.partition("::")[0]
    kinds = (kind for kind in (TOGETHER, QUIET) if file.startswith(kind))
    return next((kind[0] for kind in kinds), file)


def turn(name: str) -> int:
    """Return when a test is handed out: first, between, or last."""
    return {TOGETHER[0]: 0, QUIET[0]: 2}.get(scope(name), 1)


class QuietLast(LoadFileScheduling):
    """Hands files out in their order, and the quiet ones to the last worker that is there."""

    def _split_scope(self, nodeid: str) -> str:
        return scope(nodeid)

    def _must_wait(self) -> bool:
        """Tell whether only what needs quiet is left, while others are there."""
        return next(iter(self.workqueue), "") == QUIET[0] and len(self.nodes) > 1

    def _assign_work_unit(self, node: Any) -> None:
        if not self._must_wait():
            super()._assign_work_unit(node)

    def _reschedule(self, node: Any) -> None:
        if not self._must_wait():
            super()._reschedule(node)
        elif sum(not each.shutting_down for each in self.nodes) > 1:
            node.shutdown()

    def remove_node(self, node: Any) -> str | None:
        """Go on with the quiet ones when the last of the others has gone."""
        crashed: str | None = super().remove_node(node)
        for each in self.nodes:
            self._reschedule(each)
        return crashed


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the tests into their turns where workers share them."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: turn(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> QuietLast:
    """Return who hands out the tests."""
    return QuietLast(config, log)
