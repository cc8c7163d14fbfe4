"""The policy: which rule stands for which path. Rendered from the platform, read from a file."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Final, Literal, TypeAlias
from urllib.parse import unquote

import msgspec

from groundplan_contracts import identity
from groundplan_gateway import path as request_path

Positive: TypeAlias = Annotated[int, msgspec.Meta(ge=1)]
Seconds: TypeAlias = Annotated[float, msgspec.Meta(gt=0)]
Kind: TypeAlias = Literal["prefix", "exact"]
RoleWord: TypeAlias = Literal["viewer", "operator", "administrator"]
REMEMBERED_PATHS: Final = 4096


class PolicyError(ValueError):
    """The policy file does not say what a policy must say."""


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many requests of one caller in any stretch of so many seconds."""

    requests: Positive
    per_seconds: Seconds


class Roles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The least role that may read, and the least that may write."""

    read: RoleWord
    write: RoleWord


class Lease(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many reads one gateway may hold for a caller, and for how long."""

    reads: Positive
    milliseconds: Positive


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of a request under one path."""

    id: str
    service: str
    path: str
    match: Kind
    auth: Literal["required", "none"]
    roles: Roles | None = None
    limit: Limit | None = None
    lease: Lease | None = None
    when_cache_is_down: Literal["refuse", "reads", "all"] = "reads"


class LocalLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one replica lets through, all callers together, while Redis is out."""

    local_requests: Positive
    local_per_seconds: Seconds


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    gateway_prefix: str
    rules: list[Rule]
    limits: LocalLimit


class Malformed(msgspec.Struct, frozen=True):
    """The path has no single meaning."""


class Unmatched(msgspec.Struct, frozen=True):
    """No rule stands for the path."""


MALFORMED: Final = Malformed()
UNMATCHED: Final = Unmatched()
Match: TypeAlias = Rule | Malformed | Unmatched
Parts: TypeAlias = tuple[str, ...]


class Policy:
    """Finds the rule of a path: the most specific one, compared segment by segment."""

    def __init__(self, rules: list[Rule], local: LocalLimit) -> None:
        self.local = local
        self._rules = {(_parts(rule), rule.match): rule for rule in rules}
        self._folded = {(_fold(_parts(rule)), rule.match): rule for rule in rules}
        if len(self._folded) != len(rules):
            raise PolicyError("two rules stand for one path")
        self.find = lru_cache(REMEMBERED_PATHS)(self._find)

    def _find(self, path: str) -> Match:
        """Return the rule of a decoded path without its query."""
        parts = request_path.segments(path)
        if parts is None:
            return MALFORMED
        rule = _most_specific(self._rules, parts)
        # In other letters it would be another rule's path: nobody means that honestly, and some
        # server behind us might not tell the two apart.
        if rule is None or rule is not _most_specific(self._folded, _fold(parts)):
            return UNMATCHED
        if rule.auth == "none" and not request_path.is_plain(path):
            return MALFORMED
        return rule


def _most_specific(rules: Mapping[tuple[Parts, Kind], Rule], parts: Parts) -> Rule | None:
    exact = rules.get((parts, "exact"))
    if exact is not None:
        return exact
    for length in range(len(parts), -1, -1):
        rule = rules.get((parts[:length], "prefix"))
        if rule is not None:
            return rule
    return None


def _parts(rule: Rule) -> Parts:
    parts = request_path.segments(rule.path)
    if parts is None or not request_path.is_plain(rule.path):
        raise PolicyError(f"rule {rule.id}: {rule.path!r} is no plain path")
    return parts


def _fold(parts: Parts) -> Parts:
    texts = (unicodedata.normalize("NFKC", unquote(part)) for part in parts)
    return tuple(text.strip().casefold() for text in texts)


def parse(text: bytes) -> Policy:
    """Read a policy.

    Raises:
        PolicyError: the text is no policy of ours.
    """
    try:
        document = msgspec.json.decode(text, type=_Document)
    except msgspec.DecodeError as error:
        raise PolicyError(str(error)) from error
    if f"{document.gateway_prefix}-" != identity.PREFIX:
        raise PolicyError(f"gateway_prefix must be {identity.PREFIX[:-1]!r}")
    for rule in document.rules:
        if rule.auth == "required" and rule.roles is None:
            raise PolicyError(f"rule {rule.id}: auth is required but no roles are named")
    return Policy(document.rules, document.limits)
