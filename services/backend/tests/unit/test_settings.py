import re
from pathlib import Path

import pytest

from groundplan_backend import settings
from groundplan_backend.settings import Secret, SettingsError

_LEAST = {
    "DATABASE_URL": "postgresql://database",
    "REDIS_URL": "redis://cache",
    "GATEWAY_KEY": "aa",
    "KEY_ENCRYPTION_KEY": "bb",
}


def test_a_secret_never_shows_itself() -> None:
    """Printing settings, or a traceback with them, gives no secret away."""
    loaded = settings.load(_LEAST)
    assert "postgresql://database" == loaded.database_url.reveal()
    assert "database" not in repr(loaded.database_url)
    assert "postgresql" not in str(loaded)
    assert "[redacted]" == f"{Secret('x')}"


def test_a_secrets_file_wins_over_its_variable(tmp_path: Path) -> None:
    """`X_FILE` is read, and the newline that editors leave is not part of the secret."""
    (tmp_path / "key").write_text("from the file\n")
    loaded = settings.load({**_LEAST, "GATEWAY_KEY_FILE": str(tmp_path / "key")})
    assert "from the file" == loaded.gateway_key.reveal()


def test_what_is_not_set_has_a_default() -> None:
    """Only secrets must be given."""
    loaded = settings.load(_LEAST)
    assert ("127.0.0.1", 5, 300) == (
        loaded.host,
        loaded.database_pool_size,
        loaded.access_token_ttl,
    )
    assert loaded.first_administrator is None


def test_numbers_words_and_files_are_read() -> None:
    """Each kind of setting arrives as its type."""
    loaded = settings.load(
        {**_LEAST, "LOCK_AFTER": "3", "GROUNDPLAN_REPLICA": "2", "STATE_FILE": "/state.json"}
    )
    assert (3, "2", Path("/state.json")) == (loaded.lock_after, loaded.replica, loaded.state_file)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"GATEWAY_KEY": ""}, "GATEWAY_KEY: is not set; name its file in GATEWAY_KEY_FILE"),
        ({"PORT": "many"}, "PORT: must be a whole number, is 'many'"),
        ({"LOCK_AFTER": "0"}, "LOCK_AFTER: must be at least 1, is 0"),
        ({"TRACES_KIND": "zipkin"}, "TRACES_KIND: 'zipkin' is none of store, jaeger"),
        ({"MFA_REQUIRED_FOR": "root"}, "MFA_REQUIRED_FOR: 'root' is none of viewer, operator"),
        ({"REDIS_URL_FILE": "/no/such"}, "REDIS_URL_FILE: /no/such cannot be read: No such file"),
    ],
)
def test_a_wrong_setting_is_named(change: dict[str, str], message: str) -> None:
    """The error says which setting is wrong and how."""
    with pytest.raises(SettingsError) as raised:
        settings.load({**_LEAST, **change})
    assert str(raised.value).startswith(message)


def test_a_certificate_is_shown_and_an_authority_believed() -> None:
    """Where files are named the backend speaks TLS, and checks who Redis is."""
    files = {"TLS_CERTIFICATE_FILE": "/t/tls.crt", "TLS_KEY_FILE": "/t/tls.key"}
    loaded = settings.load({**_LEAST, **files, "TLS_AUTHORITY_FILE": "/t/ca.crt"})
    assert loaded.certificate is not None
    assert (Path("/t/tls.crt"), Path("/t/tls.key"), Path("/t/ca.crt")) == (
        loaded.certificate.chain,
        loaded.certificate.key,
        loaded.authority,
    )
    with pytest.raises(SettingsError, match="TLS_KEY_FILE is not set, but TLS_CERTIFICATE_FILE"):
        settings.load({**_LEAST, **files, "TLS_KEY_FILE": ""})


def test_roles_are_a_list_of_words() -> None:
    """Nobody must have a second factor unless a setting says so."""
    assert frozenset() == settings.load(_LEAST).mfa_required_for
    loaded = settings.load({**_LEAST, "MFA_REQUIRED_FOR": "administrator, operator"})
    assert {"administrator", "operator"} == loaded.mfa_required_for


def test_every_setting_stands_on_its_page() -> None:
    """Whoever runs the backend without the runner finds all that he can set."""
    page = (Path(__file__).parents[4] / "docs/reference/settings.md").read_text()
    names = re.findall(r'"([A-Z][A-Z_]+)"', Path(settings.__file__).read_text())
    assert "DATABASE_URL" in names
    assert [] == [name for name in names if f"`{name}`" not in page]
