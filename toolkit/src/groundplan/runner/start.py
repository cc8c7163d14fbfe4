"""Brings up the supervisor as a process of its own, apart from the terminal that asked for it."""

import asyncio
import contextlib
import os
import sys
import time
import traceback
from pathlib import Path

from groundplan.errors import NotReadyError
from groundplan.runner import control, folders, journal
from groundplan.runner.lock import Lock
from groundplan.runner.order import Order
from groundplan.runner.supervisor import Supervisor

PATIENCE = 10.0
LOG = "supervisor.log"


def start(order: Order) -> bool:
    """Start a supervisor for the data folder; False where one is at work already.

    Raises:
        UsageError: the data folder cannot be used.
        NotReadyError: the supervisor did not come up.
    """
    folders.make(order.folders)
    lock = Lock.take(Path(order.folders.data, "lock"))
    if lock is None:
        return False
    log = Path(order.folders.logs, LOG)
    folders.check_room(order.folders)
    journal.turn_over(log)
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _become_supervisor(order, log)
    lock.release()
    os.waitpid(child, 0)
    _wait(Path(order.folders.run, control.SOCKET), log)
    return True


def _become_supervisor(order: Order, log: Path) -> None:
    """Leave the terminal and serve; never returns."""
    code = 1
    try:
        os.setsid()
        if os.fork():
            os._exit(0)
        _redirect(log)
        asyncio.run(Supervisor(order).serve())
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        os._exit(code)


def _redirect(log: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number, target in ((0, nothing), (1, written), (2, written)):
        os.dup2(number if number == target else target, number)
    os.chdir("/")


def _wait(socket: Path, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            next(iter(control.ask(socket, {"ask": "status"})))
        except (OSError, StopIteration):
            time.sleep(0.03)
            if _failed(socket, log):
                break
        else:
            return
    last = journal.last_lines(log, 1)
    raise NotReadyError(
        f"the supervisor did not come up: {last[0] if last else 'it said nothing'}",
        hint=f"see {log}",
    )


def _failed(socket: Path, log: Path) -> bool:
    lock = Lock.take(Path(log.parent.parent, "lock"))
    if lock is None:
        return False
    lock.release()
    return not socket.exists()
