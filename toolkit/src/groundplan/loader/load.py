"""From a path to the platform of an environment: the steps, in order.

A step takes the draft and hands on one that holds more; when nothing can follow it raises.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path
from typing import Final

from groundplan.errors import PlatformFileError, Problem
from groundplan.loader import extend, folders, overlay, parse, read, rules, validate
from groundplan.loader.finding import Finding, Origin
from groundplan.loader.tree import Branch, Place
from groundplan.model import arrow
from groundplan.model.platform import Platform


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
    asked = (rule for rule in rules.ALL if rule.can_ask(parts))
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


def load(path: str | Path, environment: str = overlay.LOCAL) -> Platform:
    """Return the platform that a file describes, as it is in one environment.

    Raises:
        PlatformFileError: the file cannot be used; holds every problem found.
    """
    draft = _run(ENVIRONMENT_STEPS, replace(_begun(path), environment=environment))
    faults = [problem for problem in draft.problems if not problem.is_warning]
    if faults:
        raise PlatformFileError(faults)
    assert draft.validated
    return draft.validated.platform


def _begun(path: str | Path) -> Draft:
    return _run(FILE_STEPS, Draft(Path(path), str(path)))


def _run(steps: Sequence[Step], draft: Draft) -> Draft:
    return reduce(lambda so_far, step: step(so_far), steps, draft)


@dataclass(frozen=True, slots=True)
class Checked:
    """What `check` learns of a file: its environments, and every problem in any of them."""

    platforms: dict[str, Platform]
    faults: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check(path: str | Path) -> Checked:
    """Load a file in every environment and gather what is wrong or doubtful.

    Raises:
        PlatformFileError: the file could not be read to the end.
    """
    begun = _begun(path)
    drafts = [
        _run(ENVIRONMENT_STEPS, replace(begun, environment=name))
        for name in overlay.names(begun.tree)
    ]
    problems = _told_apart(drafts)
    return Checked(
        {draft.environment: draft.validated.platform for draft in drafts if draft.validated},
        tuple(problem for problem in problems if not problem.is_warning),
        tuple(problem for problem in problems if problem.is_warning),
    )


def _told_apart(drafts: Sequence[Draft]) -> list[Problem]:
    """Return every problem once, and say where it holds when not everywhere."""
    found: dict[Problem, list[str]] = {}
    for draft in drafts:
        for problem in dict.fromkeys(draft.problems):
            found.setdefault(problem, []).append(draft.environment)
    return sorted(
        problem if len(where) == len(drafts) else _only_in(problem, where)
        for problem, where in found.items()
    )


def _only_in(problem: Problem, environments: Sequence[str]) -> Problem:
    if problem.field.startswith(f"{overlay.KEY}."):
        return problem
    return replace(problem, message=f"{problem.message} (in {', '.join(environments)})")
