"""nginx comes from PATH only where a restart of it costs no request."""

from groundplan.tools import nginx


def test_an_old_one_is_passed_over(tmp_path, monkeypatch):
    """A distribution's nginx without keepalive_min_timeout is not used."""
    path = tmp_path / "nginx"
    path.write_text("#!/bin/sh\necho 'nginx version: nginx/1.22.1' >&2\n")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    found = nginx.find()
    assert ("wheel", True) == (found.origin, found.version >= nginx.OLDEST)
