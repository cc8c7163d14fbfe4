"""Objectives, sessions and thresholds do not contradict each other."""

from collections.abc import Iterator
from typing import Final

from groundplan.loader.code import Code
from groundplan.loader.finding import Finding
from groundplan.loader.rules.rule import Rule
from groundplan.model import written
from groundplan.model.platform import Platform


def connections_exist(platform: Platform) -> Iterator[Finding]:
    """The database takes as many connections as are promised."""
    promised = platform.objectives.database.connections
    most = platform.database.max_connections
    if promised > most:
        wrong = f"must be at most database.maxConnections ({most}), is {promised}"
        path = ("objectives", "database", "connections")
        yield Finding(path, wrong, Code.OBJECTIVE, also=(("database", "maxConnections"),))


def errors_have_a_budget(platform: Platform) -> Iterator[Finding]:
    """An objective leaves room for errors; alerts are fractions of it."""
    if not 0 < platform.objectives.api.availability < 1:
        wrong = "must be more than 0% and less than 100%"
        hint = "99.9% allows 43 minutes a month"
        yield Finding(("objectives", "api", "availability"), wrong, Code.OBJECTIVE, hint)


def loss_is_bounded_by_backups(platform: Platform) -> Iterator[Finding]:
    """What is promised about recovery has backups to recover from."""
    if platform.database.backup_days == 0:
        rpo = written.duration(platform.objectives.recovery.rpo)
        wrong = f"0 keeps no backup, so objectives.recovery.rpo ({rpo}) cannot be kept"
        yield Finding(("database", "backupDays"), wrong, Code.OBJECTIVE)


def tokens_end_before_sessions(platform: Platform) -> Iterator[Finding]:
    """Access tokens are shorter than refresh tokens, and idling ends no later than those."""
    identity = platform.identity
    most = written.duration(identity.refresh_token)
    access = written.duration(identity.access_token)
    also = (("identity", "refreshToken"),)
    if identity.access_token >= identity.refresh_token:
        wrong = f"must be less than refreshToken ({most}), is {access}"
        yield Finding(("identity", "accessToken"), wrong, Code.SESSION, also=also)
    if identity.idle > identity.refresh_token:
        wrong = f"must be at most refreshToken ({most}), is {written.duration(identity.idle)}"
        yield Finding(("identity", "idle"), wrong, Code.SESSION, also=also)


def keys_outlive_tokens(platform: Platform) -> Iterator[Finding]:
    """A signing key is in use for longer than the tokens that it signs."""
    identity = platform.identity
    if identity.key_rotation < 2 * identity.access_token:
        least = written.duration(2 * identity.access_token)
        wrong = (
            f"must be at least twice accessToken ({least}), "
            f"is {written.duration(identity.key_rotation)}"
        )
        also = (("identity", "accessToken"),)
        yield Finding(("identity", "keyRotation"), wrong, Code.SESSION, also=also)


def scaling_aims_at_objectives(platform: Platform) -> Iterator[Finding]:
    """Copies are added at the use of CPU and memory that is promised."""
    for what in ("cpu", "memory"):
        low, high = getattr(platform.objectives.utilization, what)
        at = getattr(platform.scaling, what)
        if not low <= at <= high:
            wrong = (
                f"{written.share(at)} lies outside objectives.utilization.{what} "
                f"({written.share(low)} to {written.share(high)})"
            )
            also = (("objectives", "utilization", what),)
            yield Finding(("scaling", what), wrong, Code.OBJECTIVE, is_warning=True, also=also)


def tags_are_ours(platform: Platform) -> Iterator[Finding]:
    """No tag begins like those that AWS keeps for itself."""
    for key in platform.cost.tags:
        if key.lower().startswith("aws:"):
            wrong = "must not begin with `aws:`, which AWS keeps for itself"
            yield Finding(("cost", "tags", key), wrong, Code.RESERVED_NAME)


RULES: Final = (
    Rule(connections_exist, ("objectives", "database")),
    Rule(errors_have_a_budget, ("objectives",)),
    Rule(loss_is_bounded_by_backups, ("objectives", "database")),
    Rule(tokens_end_before_sessions, ("identity",)),
    Rule(keys_outlive_tokens, ("identity",)),
    Rule(scaling_aims_at_objectives, ("scaling", "objectives")),
    Rule(tags_are_ours, ("cost",)),
)
