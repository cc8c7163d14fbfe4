"""A run is encrypted when it is told to, and stays as it is while anything of it runs."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from groundplan.errors import ToolError, UsageError
from groundplan.runner import folders, identity, record, transport
from groundplan.runner.order import Order


@pytest.fixture
def order(reference, tmp_path) -> Order:
    """Return an order whose folders are made."""
    found = folders.locate(tmp_path / "data", tmp_path)
    folders.make(found)
    return Order(reference, {"local": reference}, "local", found, 9000)


@pytest.fixture
def running(order) -> None:
    """Write down a process that runs: this one."""
    pid = os.getpid()
    kept = record.Kept("web", 1, pid, identity.of(pid) or "", "", 0, 1, "", 0, "SIGTERM", 1.0)
    record.keep(Path(order.folders.run, "processes.json"), [kept])


@pytest.fixture
def able(monkeypatch) -> None:
    """Let every program of this machine speak TLS."""
    monkeypatch.setattr(transport.postgres, "speaks_tls", lambda _: True)
    monkeypatch.setattr(transport.redis, "speaks_tls", lambda _: True)


@pytest.mark.usefixtures("able")
def test_what_is_told_is_kept(order):
    """The next command of the same folder knows whether the run is encrypted."""
    assert not transport.is_encrypted(order.folders)
    assert transport.settle(replace(order, encrypted=True)).encrypted
    assert transport.is_encrypted(order.folders)
    assert not transport.settle(order).encrypted
    assert not transport.is_encrypted(order.folders)


@pytest.mark.usefixtures("able", "running")
def test_what_runs_encrypted_stays_so(order):
    """A supervisor that takes over need not be told again."""
    Path(order.folders.data, transport.RECORD).write_text('{"encrypted": true}')
    assert transport.settle(order).encrypted


@pytest.mark.usefixtures("able", "running")
def test_what_runs_plain_cannot_be_encrypted(order):
    """One message says what is there and the way out."""
    with pytest.raises(UsageError, match=r"runs without encryption\n.*down, then ./run up --tls"):
        transport.settle(replace(order, encrypted=True))


@pytest.mark.usefixtures("able")
def test_a_cache_without_tls_gets_a_tunnel(order, monkeypatch):
    """An nginx speaks for a server that cannot, and only there."""
    told = replace(order, encrypted=True)
    assert not transport.settle(told).tunnelled
    monkeypatch.setattr(transport.redis, "speaks_tls", lambda _: False)
    assert transport.settle(told).tunnelled
    assert not transport.settle(order).tunnelled


@pytest.mark.usefixtures("able")
def test_a_database_without_tls_is_an_error(order, monkeypatch):
    """PostgreSQL must have been built with it; the error names the program and a way out."""
    monkeypatch.setattr(transport.postgres, "speaks_tls", lambda _: False)
    with pytest.raises(ToolError, match=r"PostgreSQL .* was built without encryption.*\n.*"):
        transport.settle(replace(order, encrypted=True))
    assert not transport.settle(order).encrypted


def test_only_an_encrypted_run_has_an_authority(order):
    """Its file stands among the certificates."""
    assert "" == transport.authority(order.folders)
    Path(order.folders.data, transport.RECORD).write_text('{"encrypted":true}')
    assert f"{order.folders.certificates}/ca.crt" == transport.authority(order.folders)
