"""A file in all its environments: the platforms, and every problem once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from groundplan.errors import PlatformFileError, Problem
from groundplan.loader import overlay, step
from groundplan.model.platform import Platform


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
    begun = step.begin(path)
    drafts = [_in_environment(begun, name) for name in overlay.names(begun.tree)]
    problems = _told_apart(drafts)
    return Checked(
        {draft.environment: draft.validated.platform for draft in drafts if draft.validated},
        tuple(problem for problem in problems if not problem.is_warning),
        tuple(problem for problem in problems if problem.is_warning),
    )


def _in_environment(begun: step.Draft, environment: str) -> step.Draft:
    """Return the draft of an environment, with its problems where nothing could follow."""
    draft = replace(begun, environment=environment)
    try:
        return step.run(step.ENVIRONMENT_STEPS, draft)
    except PlatformFileError as error:
        return replace(draft, problems=tuple(error.problems))


def _told_apart(drafts: Sequence[step.Draft]) -> list[Problem]:
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
