"""The steps from a path to a platform."""

from pathlib import Path

import pytest

from groundplan.errors import PlatformFileError
from groundplan.loader import extend, step


def test_each_step_adds_to_the_draft() -> None:
    """The file's steps end with a tree, the environment's with a platform."""
    begun = step.begin(extend.REFERENCE)
    assert begun.tree.entries
    assert None is begun.validated
    draft = step.run(step.ENVIRONMENT_STEPS, begun)
    assert draft.validated
    assert ("groundplan", ()) == (draft.validated.platform.name, draft.problems)


def test_the_drafts_before_stay_as_they_were() -> None:
    """One reading serves all environments."""
    begun = step.begin(extend.REFERENCE)
    step.run(step.ENVIRONMENT_STEPS, begun)
    assert (None, None) == (begun.origin, begun.validated)


def test_nothing_follows_what_cannot_be_read(tmp_path: Path) -> None:
    """The first steps raise."""
    with pytest.raises(PlatformFileError):
        step.begin(tmp_path / "none.yaml")


def test_steps_have_names() -> None:
    """The list reads as the story of loading."""
    names = [each.__name__ for each in (*step.FILE_STEPS, *step.ENVIRONMENT_STEPS)]
    assert ["_read", "_parse", "_extend", "_overlay", "_validate"] == names[:5]
