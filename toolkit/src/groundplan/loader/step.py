"""The steps from a path to the platform of an environment, in order.

A step takes the draft and hands on one that holds more; when nothing can follow it raises.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path
from typing import Final

from groundplan.errors import Problem
from groundplan.loader import extend, folders, overlay, parse, read, rules, validate
from groundplan.loader.finding import Finding, Origin
from groundplan.loader.tree import Branch, Place
from groundplan.model import arrow


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a platform file so far."""

    path: Path
    shown: str
    environment: str = overlay.LOCAL
    text: str = ""
    tree: Branch = field(default_factory=lambda: Branch(Place("", 0, 0), {}))
    origin: Origin | None = None
    validated: validate.Validated | None = None
    problems: tuple[Problem, ...] = ()


Step = Callable[[Draft], Draft]


def _read(draft: Draft) -> Draft:
    return replace(draft, text=read.read(draft.path, draft.shown))


def _parse(draft: Draft) -> Draft:
    return replace(draft, tree=parse.parse(draft.text, draft.shown))


def _extend(draft: Draft) -> Draft:
    return replace(draft, tree=extend.extend(draft.tree, draft.path))


def _overlay(draft: Draft) -> Draft:
    return replace(draft, origin=overlay.overlay(draft.tree, draft.environment))


def _validate(draft: Draft) -> Draft:
    assert draft.origin
    validated = validate.validate(draft.origin.platform)
    return _found(replace(draft, validated=validated), validated.findings)


def _complete(draft: Draft) -> Draft:
    assert draft.validated
    platform = arrow.complete(draft.validated.platform)
    return replace(draft, validated=replace(draft.validated, platform=platform))


def _relate(draft: Draft) -> Draft:
    assert draft.validated
    platform, parts = draft.validated.platform, draft.validated.parts
    is_local = draft.environment == overlay.LOCAL
    fitting = (rule for rule in rules.ALL if not (is_local and rule.in_cloud))
    asked = (rule for rule in fitting if rule.can_ask(parts))
    return _found(draft, [finding for rule in asked for finding in rule.check(platform)])


def _find_folders(draft: Draft) -> Draft:
    assert draft.validated
    platform = draft.validated.platform
    return _found(draft, tuple(folders.missing(platform, draft.path.parent)))


def _found(draft: Draft, findings: Sequence[Finding]) -> Draft:
    assert draft.origin
    located = tuple(draft.origin.locate(finding) for finding in findings)
    return replace(draft, problems=(*draft.problems, *located))


FILE_STEPS: Final[tuple[Step, ...]] = (_read, _parse, _extend)
ENVIRONMENT_STEPS: Final[tuple[Step, ...]] = (
    _overlay,
    _validate,
    _complete,
    _relate,
    _find_folders,
)


def begin(path: str | Path) -> Draft:
    """Return what a file says, before any environment's changes.

    Raises:
        PlatformFileError: the file could not be read to the end.
    """
    return run(FILE_STEPS, Draft(Path(path), str(path)))


def run(steps: Sequence[Step], draft: Draft) -> Draft:
    """Take a draft through some steps."""
    return reduce(lambda so_far, step: step(so_far), steps, draft)
