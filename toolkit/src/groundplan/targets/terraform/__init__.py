"""The terraform target: one environment's root, which calls the modules of terraform/modules.

Takes a platform and a placement; hands on the calls with their values, the provider and the
backend. What is built, and how, stands in the modules; nothing here is needed to apply them.
"""

from typing import Final

from groundplan.formats import hcl
from groundplan.formats.hcl import Block
from groundplan.model.file import File, Files
from groundplan.model.placement import Discovery, Placement
from groundplan.model.platform import Platform
from groundplan.targets.terraform import (
    data,
    foundation,
    output,
    outside,
    root,
    secret,
    watch,
)
from groundplan.targets.terraform.stack import Stack

__all__ = ["NOTICE", "render"]

NOTICE: Final = "# Rendered from platform.yaml; changes here are lost.\n\n"


def render(platform: Platform, placement: Placement) -> Files:
    """Return the environment's root; no files for a platform that runs on one machine."""
    if placement.discovery is Discovery.FILES:
        return ()
    stack = Stack(platform, placement.environment)
    return (
        _file("main.tf", _modules(stack)),
        _file("outputs.tf", output.blocks(stack)),
        _file("provider.tf", root.provider(stack)),
        _file("versions.tf", root.versions(stack)),
    )


def _modules(stack: Stack) -> list[Block]:
    return [
        *root.names(stack),
        *foundation.blocks(stack),
        *data.blocks(stack),
        *secret.blocks(stack),
        *outside.blocks(stack),
        *watch.blocks(stack),
    ]


def _file(path: str, blocks: list[Block]) -> File:
    return File(path, NOTICE + hcl.dump(blocks))
