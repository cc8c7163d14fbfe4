"""From a path to the platform of one environment, or of all."""

from dataclasses import replace
from pathlib import Path

from groundplan.errors import PlatformFileError
from groundplan.loader import overlay, step
from groundplan.loader.check import check
from groundplan.model.platform import Platform


def load(path: str | Path, environment: str = overlay.LOCAL) -> Platform:
    """Return the platform that a file describes, as it is in one environment.

    Raises:
        PlatformFileError: the file cannot be used; holds every problem found.
    """
    begun = replace(step.begin(path), environment=environment)
    draft = step.run(step.ENVIRONMENT_STEPS, begun)
    faults = [problem for problem in draft.problems if not problem.is_warning]
    if faults:
        raise PlatformFileError(faults)
    assert draft.validated
    return draft.validated.platform


def environments(path: str | Path, environment: str) -> dict[str, Platform]:
    """Return the platforms of all environments by name; one alone where others have faults.

    Raises:
        PlatformFileError: the file cannot be used for the one that is named.
    """
    checked = check(path)
    if checked.faults or environment not in checked.platforms:
        return {environment: load(path, environment)}
    return checked.platforms
