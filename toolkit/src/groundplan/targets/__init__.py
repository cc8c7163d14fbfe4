"""Targets: the model becomes files; one folder a word, and none knows another.

`TARGETS` holds those that `./run render` writes for every environment. The local target is not
among them: what it renders holds the secrets and folders of one run, and goes to the runner.
"""

from collections.abc import Callable, Mapping
from typing import Final

from groundplan.model.file import Files
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform
from groundplan.targets import frontend, gateway, terraform

Render = Callable[[Platform, Placement], Files]

TARGETS: Final[Mapping[str, Render]] = {
    "frontend": frontend.render,
    "gateway": gateway.render,
    "terraform": terraform.render,
}
"""Each target's word, which is also its folder below generated/<environment>/."""
