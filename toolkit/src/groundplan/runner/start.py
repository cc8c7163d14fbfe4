"""Brings up the supervisor as a process of its own, apart from the terminal that asked for it."""

import asyncio
import contextlib
import os
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path

from groundplan.errors import NotReadyError
from groundplan.model.platform import PROMETHEUS
from groundplan.runner import control, folders, journal, record, transport
from groundplan.runner.lock import LOCK, Lock
from groundplan.runner.order import Order
from groundplan.runner.startup import trace, tracer
from groundplan.runner.supervisor import Supervisor

PATIENCE = 10.0
"""Seconds that a supervisor gets to come up."""
LEAVING = 60.0
"""Seconds that an earlier one gets to end."""
LOG = "supervisor.log"


def start(order: Order) -> bool:
    """Start a supervisor for the data folder; False where one is at work already.

    Raises:
        UsageError: the data folder cannot be used, or what runs there not be encrypted.
        ToolError: encryption is asked for, and PostgreSQL was built without.
        NotReadyError: the supervisor did not come up.
    """
    with trace.step("data folder"):
        folders.make(order.folders)
        lock = _take_lock(order)
        if lock is None:
            return False
        log = Path(order.folders.logs, LOG)
        folders.check_room(order.folders)
        order = _with_what_runs(transport.settle(order))
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


def _with_what_runs(order: Order) -> Order:
    """Return the order with a Prometheus where one has outlived its supervisor."""
    kept = record.recall(Path(order.folders.run, "processes.json"))
    runs = any(each.component == PROMETHEUS and each.lives for each in kept)
    return replace(order, prometheus=order.prometheus or runs)


def _take_lock(order: Order) -> Lock | None:
    """Return the folder's lock; None where its holder is at work, and not about to end."""
    deadline = time.monotonic() + LEAVING
    while time.monotonic() < deadline:
        if lock := Lock.take(Path(order.folders.data, LOCK)):
            return lock
        if _is_at_work(Path(order.folders.run, control.SOCKET)):
            return None
        time.sleep(0.05)
    raise NotReadyError(
        f"the supervisor of {order.folders.data} neither answers nor ends",
        hint=f"see {order.folders.logs}/{LOG}",
    )


def _is_at_work(socket: Path) -> bool:
    try:
        answer = next(iter(control.ask(socket, {"ask": "status"})))
    except (OSError, StopIteration):
        return False
    return answer.get("status", {}).get("state") not in ("stopping", "stopped")


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
    except BaseException as error:
        traceback.print_exc()
        tracer.abandon(Path(order.folders.traces), order.environment, error)
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
    lock = Lock.take(Path(log.parent.parent, LOCK))
    if lock is None:
        return False
    lock.release()
    return not socket.exists()
