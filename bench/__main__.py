"""`python -m bench`: the same as `./run bench`; told to end, it first ends what it started."""

import signal
import sys
from types import FrameType

from bench.run import main


def _leave(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


signal.signal(signal.SIGTERM, _leave)
sys.exit(main(sys.argv[1:]))
