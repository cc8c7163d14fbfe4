"""The nearest PostgreSQL is chosen, but never one that cannot open the data."""

from pathlib import Path

import pytest

from groundplan.errors import ToolError
from groundplan.tools import postgres
from groundplan.tools.found import Found


@pytest.fixture
def have(monkeypatch):
    """Return what sets the majors of this machine."""

    def set_majors(*majors: int) -> None:
        servers = [Found("PostgreSQL", Path(f"/{m}"), (m, 1), "PATH") for m in majors]
        monkeypatch.setattr(postgres, "candidates", lambda: servers)

    return set_majors


@pytest.mark.parametrize(
    ("majors", "chosen"), [((15, 16, 18), 15), ((16, 18), 16), ((14, 18), 18), ((13, 14), 14)]
)
def test_the_wanted_major_or_the_next_is_chosen(have, majors, chosen):
    """The same major is best, then the next newer one, then the newest older one."""
    have(*majors)
    assert chosen == postgres.find(15).version[0]


def test_data_is_opened_by_the_major_that_made_it(have):
    """What made the data folder matters more than what the file says."""
    have(15, 16)
    assert 16 == postgres.find(15, made_by=16).version[0]


def test_data_of_another_major_is_refused_with_a_way_out(have):
    """The error names both sides and what to do."""
    have(16, 18)
    with pytest.raises(
        ToolError, match=r"made by PostgreSQL 15; this machine has 16, 18\n.*--data"
    ):
        postgres.find(15, made_by=15)


def test_none_at_all_is_said(have):
    """A machine without PostgreSQL gets a way out."""
    have()
    with pytest.raises(ToolError, match="PostgreSQL is not on this machine"):
        postgres.find(15)


@pytest.mark.parametrize(("ciphers", "expected"), [("none", False), ("HIGH:!aNULL", True)])
def test_a_server_is_asked_whether_it_encrypts(tmp_path, ciphers, expected):
    """A server that was built without TLS knows of no ciphers."""
    path = tmp_path / "postgres"
    path.write_text(f"#!/bin/sh\nprintf 'ssl\\tx\\nssl_ciphers\\tsighup\\t{ciphers}\\n'\n")
    path.chmod(0o755)
    assert expected == postgres.speaks_tls(Found("PostgreSQL", path, (15, 1), "PATH"))
