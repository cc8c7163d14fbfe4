"""Versions are supported by AWS today; one that is not is a warning with its date."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.rules.rule import Rule
from groundplan.loader.tree import Path
from groundplan.model import support
from groundplan.model.platform import Platform


def kubernetes_is_supported(platform: Platform) -> Iterator[Finding]:
    """EKS supports the cluster's version."""
    version = platform.cluster.version
    end = support.KUBERNETES.get(version)
    newest = max(support.KUBERNETES, key=lambda each: int(each.split(".")[1]))
    hint = f'the newest is "{newest}", supported until {support.KUBERNETES[newest]}'
    yield from _judge(("cluster", "version"), f"Kubernetes {version}", end, hint)


def postgresql_is_supported(platform: Platform) -> Iterator[Finding]:
    """RDS supports the database's version."""
    version = platform.database.version
    end = support.postgresql_end(version)
    hint = 'name only the major version, such as "15", to get its newest minor one'
    yield from _judge(("database", "version"), f"PostgreSQL {version}", end, hint)


def _judge(path: Path, what: str, end: date | None, hint: str) -> Iterator[Finding]:
    if end is None:
        wrong = f"{what} is not in the support calendar of {support.AS_OF}"
    elif end < datetime.now(UTC).date():
        wrong = f"{what} left standard support on AWS on {end}"
    else:
        return
    yield Finding(path, wrong, Code.SUPPORT, hint, is_warning=True)


RULES: Final = (
    Rule(kubernetes_is_supported, ("cluster",)),
    Rule(postgresql_is_supported, ("database",)),
)
