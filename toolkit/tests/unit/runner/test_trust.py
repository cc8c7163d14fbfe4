"""The runner believes the authority of the run, and no other."""

import pytest

from groundplan.runner import trust
from groundplan.runner.certificate import provide


def test_without_an_authority_nothing_is_encrypted():
    """A run without encryption is spoken to as it is."""
    assert trust.of("") is None


def test_a_new_authority_is_believed_at_once(tmp_path):
    """What is kept in memory follows the file."""
    provide(tmp_path, [])
    path = tmp_path / "ca.crt"
    first = trust.of(str(path))
    assert first is trust.of(str(path))
    path.unlink()
    provide(tmp_path, [])
    assert first is not trust.of(str(path))


def test_a_missing_authority_is_an_error(tmp_path):
    """Nobody is believed instead."""
    with pytest.raises(FileNotFoundError):
        trust.of(str(tmp_path / "ca.crt"))


def test_who_speaks_for_another_bears_its_name(make_process):
    """The nginx before the cache shows the cache's name."""
    assert "cache" == trust.name_of(make_process(component="cache.tls"))
    assert "backend" == trust.name_of(make_process(component="backend"))
