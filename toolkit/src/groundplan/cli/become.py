"""Hands this process over to another Python program, so that whoever ends it ends that one."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from groundplan.cli.place import ROOT


def become(words: Sequence[str], settings: Mapping[str, str] | None = None) -> NoReturn:
    """Run Python with the words in the repository, in this process; nothing comes back.

    Args:
        words: what follows `python`.
        settings: the environment; this process' own where none is given.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os.chdir(ROOT)
    os.execve(sys.executable, [sys.executable, *words], dict(settings or os.environ))
