"""Runs a command of the tool with a Terraform target that renders the files of a folder.

`python driver.py FOLDER COMMAND [words]`: Terraform is real, the root is as small as a test
wants it, and everything between is what people use.
"""

import sys
from pathlib import Path

from groundplan import targets
from groundplan.cli.main import main
from groundplan.model.file import File, Files
from groundplan.model.placement import Placement
from groundplan.model.platform import Platform


def render(platform: Platform, placement: Placement) -> Files:
    """Return the folder's files."""
    return tuple(
        File(path.name, path.read_text()) for path in sorted(Path(sys.argv[1]).glob("*.tf"))
    )


if __name__ == "__main__":
    targets.TARGETS["terraform"] = render
    sys.exit(main(sys.argv[2:]))
