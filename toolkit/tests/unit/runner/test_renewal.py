"""Certificates are looked at when a run begins, when a component starts, and every hour."""

from groundplan.runner import renewal
from groundplan.runner.renewal import Renewal


def test_what_changed_is_told_once(tmp_path):
    """The first look makes everything; who asks for the changes gets them once."""
    watch = Renewal(tmp_path, ("backend",))
    assert watch.look()
    assert str(tmp_path / "backend" / "tls.crt") in watch.take()
    assert set() == watch.take()


def test_a_missing_one_is_made_for_who_starts(tmp_path):
    """A component that starts finds its certificate, and others are left alone."""
    watch = Renewal(tmp_path, ("backend", "authz"))
    watch.look()
    watch.take()
    for name in ("backend", "authz"):
        (tmp_path / name / "tls.crt").unlink()
    assert watch.look("backend")
    assert {str(tmp_path / "backend" / each) for each in ("tls.crt", "tls.key")} == watch.take()


def test_it_looks_once_an_hour(tmp_path, monkeypatch):
    """Between two looks nothing is read."""
    watch = Renewal(tmp_path, ("backend",))
    watch.look()
    (tmp_path / "backend" / "tls.crt").unlink()
    assert not watch.look_when_due()
    monkeypatch.setattr(renewal.time, "monotonic", lambda: 1e12)
    assert watch.look_when_due()


def test_without_encryption_there_are_none(tmp_path):
    """A run without encryption makes no authority."""
    assert not Renewal(tmp_path, ()).look()
    assert [] == list(tmp_path.iterdir())
