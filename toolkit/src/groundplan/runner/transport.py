"""Whether a run is encrypted: what was asked for, what runs already, what its programs can do."""

from dataclasses import replace
from pathlib import Path

from groundplan.errors import ToolError, UsageError
from groundplan.model.folders import Folders
from groundplan.runner import cluster, disk, record
from groundplan.runner.order import Order
from groundplan.tools import postgres, redis

RECORD = "transport.json"


def settle(order: Order) -> Order:
    """Return the order as it can be carried out, and keep it for the next supervisor.

    Processes that still run decide: nobody can change how they speak without a restart.

    Raises:
        UsageError: encryption is asked for, and processes still run without it.
        ToolError: PostgreSQL was built without encryption.
    """
    if _runs(order):
        before = is_encrypted(order.folders)
        if order.encrypted and not before:
            raise refusal(order.folders.data)
        order = replace(order, encrypted=before)
    order = replace(order, tunnelled=order.encrypted and not _cache_can(order))
    if order.encrypted:
        _check_database(order)
    disk.write_json(_record(order.folders), {"encrypted": order.encrypted})
    return order


def is_encrypted(folders: Folders) -> bool:
    """Return whether the last run of a data folder was told to encrypt."""
    return (disk.read_json(_record(folders)) or {}).get("encrypted") is True


def authority(folders: Folders) -> str:
    """Return the file of who vouches for an encrypted run; empty where it is not."""
    return f"{folders.certificates}/ca.crt" if is_encrypted(folders) else ""


def refusal(data: str) -> UsageError:
    """Return the error that says that a run without encryption cannot be given it."""
    return UsageError(
        f"the platform in {data} runs without encryption",
        hint="./run down, then ./run up --tls",
    )


def _record(folders: Folders) -> Path:
    return Path(folders.data, RECORD)


def _runs(order: Order) -> bool:
    return any(each.lives for each in record.recall(Path(order.folders.run, "processes.json")))


def _cache_can(order: Order) -> bool:
    """Ask the cache's program; one that is missing is told of when it is started."""
    try:
        return redis.speaks_tls(redis.find())
    except ToolError:
        return True


def _check_database(order: Order) -> None:
    try:
        found = postgres.find(order.platform.database.major, cluster.made_by(order.folders))
    except ToolError:
        return
    if not postgres.speaks_tls(found):
        raise ToolError(
            f"{found} was built without encryption, and --tls asks for it",
            hint="install PostgreSQL from your distribution, or leave --tls away",
        )
