"""`python -m groundplan.cloud.simulator`: serve simulated AWS until SIGTERM.

Prints one line of JSON when it listens: {"url": ..., "pid": ...}. With --with-parent it ends
soon after the process with that number is gone, however that ended.
"""

import argparse
import importlib
import json
import os
import pkgutil
import signal
import sys
import threading
import time
from pathlib import Path

# moto reads these when it is imported: certificates validate after a second instead of a
# minute, and the policies that AWS manages are there
os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "1")
os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")

from groundplan.cloud.simulator import server, services

LOOK = 0.5
"""Seconds between looks at the parent."""


def main() -> int:
    """Serve until told to stop; return the exit code."""
    options = _options()
    try:
        listening = server.listen(options.port)
        serving = server.serve(listening, options.log)
    except OSError as error:
        what = error.filename or f"port {options.port} of {server.LOOPBACK}"
        print(f"{what} cannot be used: {error.strerror}", file=sys.stderr)
        return 3
    register()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))
    if options.with_parent:
        threading.Thread(target=_end_with, args=(options.with_parent,), daemon=True).start()
    url = f"http://{server.LOOPBACK}:{listening.getsockname()[1]}"
    print(json.dumps({"url": url, "pid": os.getpid()}), flush=True)
    serving.serve_forever()
    return 0


def register() -> None:
    """Import every service, which registers what it adds to moto."""
    for module in pkgutil.iter_modules(services.__path__):
        importlib.import_module(f"{services.__name__}.{module.name}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="groundplan.cloud.simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument("--log", type=Path, help="file that gets one line of JSON a request")
    parser.add_argument("--with-parent", type=int, metavar="PID", help="end when PID is gone")
    return parser.parse_args()


def _end_with(parent: int) -> None:
    while _is_there(parent):
        time.sleep(LOOK)
    os._exit(0)


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """Tell whether a process has ended and only waits for its own parent; Linux says so."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] == "Z"


if __name__ == "__main__":
    sys.exit(main())
