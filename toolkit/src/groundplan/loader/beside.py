"""What stands beside the platform file and is rendered with it: the release, and the patches."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from groundplan.loader import overlay, patch, release, step
from groundplan.model.patch import Patch
from groundplan.model.platform import Platform
from groundplan.model.release import NONE, Release


@dataclass(frozen=True, slots=True)
class Beside:
    """The release and the patches of one environment."""

    release: Release = NONE
    patches: tuple[Patch, ...] = ()


NOTHING: Final = Beside()


def load(file: str | Path, environment: str, platform: Platform) -> Beside:
    """Return what stands beside a platform file for one environment.

    Raises:
        PlatformFileError: the release or a patch cannot be used.
    """
    environments = overlay.names(step.begin(file).tree)
    return Beside(
        release.load(file, environment, platform), patch.load(file, environment, environments)
    )
