"""Time-outs, retries, drains and probes fit into each other."""

from collections.abc import Iterator
from typing import Final

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.rules.rule import EACH_SERVICE, Rule
from groundplan.loader.tree import Path
from groundplan.model import written
from groundplan.model.platform import DATABASE, Platform
from groundplan.model.service import Service

LONGEST_CALL: Final = 60.0
"""Seconds that a call may take with all its repeats."""
LONGEST_STOP: Final = 120.0
"""Seconds that a replica may take to end."""


def _timeouts(name: str, service: Service) -> Iterator[tuple[Path, float]]:
    yield ("services", name, "resilience", "timeout"), service.resilience.timeout
    for index, route in enumerate(service.routes):
        if route.timeout is not None:
            yield ("services", name, "routes", index, "timeout"), route.timeout


def statements_end_first(platform: Platform) -> Iterator[Finding]:
    """The database gives up on a statement before the gateway gives up on the request."""
    statement = platform.database.statement_timeout
    for name, service in platform.services.items():
        for path, timeout in _timeouts(name, service) if DATABASE in service.calls else ():
            if timeout <= statement:
                wrong = (
                    f"must be more than database.statementTimeout "
                    f"({written.duration(statement)}), is {written.duration(timeout)}"
                )
                hint = "else statements run on after their caller has gone"
                also = ((DATABASE, "statementTimeout"),)
                yield Finding(path, wrong, Code.TIMEOUT, hint, also=also)


def repeats_end(platform: Platform) -> Iterator[Finding]:
    """A call ends within a minute, repeats and pauses included."""
    for name, service in platform.services.items():
        retries = service.resilience.retries
        for path, timeout in _timeouts(name, service):
            took = (retries.attempts + 1) * timeout + retries.attempts * retries.backoff.max
            if took > LONGEST_CALL:
                wrong = (
                    f"{retries.attempts + 1} tries of {written.duration(timeout)} and the pauses "
                    f"between take {written.duration(took)}, more than "
                    f"{written.duration(LONGEST_CALL)}"
                )
                hint = "shorten the time-out, or lower resilience.retries.attempts"
                also = (("services", name, "resilience", "retries"),)
                yield Finding(path, wrong, Code.RETRIES, hint, also=also)


def pauses_grow(platform: Platform) -> Iterator[Finding]:
    """The first pause between repeats is no longer than the longest."""
    for name, service in platform.services.items():
        backoff = service.resilience.retries.backoff
        if backoff.base > backoff.max:
            wrong = (
                f"base must be at most max, but {written.duration(backoff.base)} "
                f"is more than {written.duration(backoff.max)}"
            )
            path = ("services", name, "resilience", "retries", "backoff")
            yield Finding(path, wrong, Code.ORDER)


def replicas_end(platform: Platform) -> Iterator[Finding]:
    """A stopping replica can finish its longest request in time."""
    for name, service in platform.services.items():
        longest = max(timeout for _, timeout in _timeouts(name, service))
        if service.drain + longest > LONGEST_STOP:
            wrong = (
                f"a drain of {written.duration(service.drain)} and the longest request "
                f"({written.duration(longest)}) take more than {written.duration(LONGEST_STOP)}"
            )
            hint = "shorten drain; a stop may last no longer"
            yield Finding(("services", name, "drain"), wrong, Code.DRAIN, hint)


def answers_come_before_questions(platform: Platform) -> Iterator[Finding]:
    """A probe is answered before it is asked again, except while starting."""
    for name, service in platform.services.items():
        if service.probes is None:
            continue
        for word in ("readiness", "liveness"):
            probe = getattr(service.probes, word)
            if probe.timeout > probe.period:
                wrong = (
                    f"timeout must be at most period, but {written.duration(probe.timeout)} "
                    f"is more than {written.duration(probe.period)}"
                )
                yield Finding(("services", name, "probes", word), wrong, Code.ORDER)


RULES: Final = (
    Rule(statements_end_first, (EACH_SERVICE, "database")),
    Rule(repeats_end, (EACH_SERVICE,)),
    Rule(pauses_grow, (EACH_SERVICE,)),
    Rule(replicas_end, (EACH_SERVICE,)),
    Rule(answers_come_before_questions, (EACH_SERVICE,)),
)
