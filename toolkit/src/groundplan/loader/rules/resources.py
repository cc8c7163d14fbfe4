"""What a component asks for is no more than it may use, and the least no more than the most."""

from collections.abc import Iterator
from typing import Final

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.rules.rule import EACH_SERVICE, Rule
from groundplan.loader.tree import Path
from groundplan.model import written
from groundplan.model.platform import Platform
from groundplan.model.resources import Resources


def replicas_ascend(platform: Platform) -> Iterator[Finding]:
    """The least replicas are no more than the most."""
    for name, service in platform.services.items():
        low, high = service.replicas.min, service.replicas.max
        if low > high:
            wrong = f"min must be at most max, but {low} is more than {high}"
            yield Finding(("services", name, "replicas"), wrong, Code.ORDER)


def services_fit(platform: Platform) -> Iterator[Finding]:
    """No service asks for more than its limits."""
    for name, service in platform.services.items():
        yield from _fit(("services", name, "resources"), service.resources)


def cache_fits(platform: Platform) -> Iterator[Finding]:
    """The cache asks for no more than its limits."""
    yield from _fit(("cache", "resources"), platform.cache.resources)


def _fit(path: Path, resources: Resources) -> Iterator[Finding]:
    asked, allowed = resources.requests, resources.limits
    for what, one, most, write in (
        ("cpu", asked.cpu, allowed.cpu, written.cpu),
        ("memory", asked.memory, allowed.memory, written.size),
    ):
        if one > most:
            wrong = (
                f"requests.{what} must be at most limits.{what}, "
                f"but {write(one)} is more than {write(most)}"
            )
            yield Finding(path, wrong, Code.REQUESTS_OVER_LIMITS)


RULES: Final = (
    Rule(replicas_ascend, (EACH_SERVICE,)),
    Rule(services_fit, (EACH_SERVICE,)),
    Rule(cache_fits, ("cache",)),
)
