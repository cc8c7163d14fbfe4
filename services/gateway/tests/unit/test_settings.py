import pytest

from groundplan_gateway.settings import Secret, SettingError, Settings

ENVIRONMENT = {"POLICY_FILE": "policy.json", "REDIS_URL": "redis://h", "GATEWAY_KEY": "key"}


def test_defaults():
    """What is not said has a sensible default."""
    settings = Settings.read(ENVIRONMENT)
    assert ("127.0.0.1", 0.05, "info") == (
        settings.host,
        settings.redis_timeout,
        settings.log_level,
    )


def test_all_is_read():
    """Every setting comes from the environment."""
    told = {"HOST": "0.0.0.0", "PORT": "81", "REDIS_TIMEOUT_MS": "20", "LOG_LEVEL": "DEBUG"}
    settings = Settings.read({**ENVIRONMENT, **told})
    assert ("0.0.0.0", 81, 0.02, "debug") == (
        settings.host,
        settings.port,
        settings.redis_timeout,
        settings.log_level,
    )


def test_secrets_come_from_files(tmp_path):
    """A file goes before the variable, and its last line break does not count."""
    file = tmp_path / "key"
    file.write_text("from a file\n")
    assert (
        "from a file" == Settings.read({**ENVIRONMENT, "GATEWAY_KEY_FILE": str(file)}).gateway_key
    )


@pytest.mark.parametrize("name", ENVIRONMENT)
def test_nothing_needed_may_be_missing(name):
    """What is needed and not set is named."""
    with pytest.raises(SettingError, match=f"{name} is not set"):
        Settings.read({**ENVIRONMENT, name: ""})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "http", "PORT must be a whole number, is 'http'"),
        ("REDIS_TIMEOUT_MS", "-1", "REDIS_TIMEOUT_MS must be a whole number"),
        ("GATEWAY_KEY_FILE", "/no/such/file", "cannot be read: No such file"),
        ("GATEWAY_KEY_FILE", "/dev/null", "is empty"),
    ],
)
def test_wrong_settings_are_named(name, value, words):
    """A setting that cannot be used is named with its value."""
    with pytest.raises(SettingError, match=words):
        Settings.read({**ENVIRONMENT, name: value})


def test_secrets_are_not_shown():
    """A secret in a log or a traceback is no secret any more."""
    settings = Settings.read({**ENVIRONMENT, "GATEWAY_KEY": "very secret"})
    assert "very secret" not in repr(settings)
    assert "[redacted]" == repr(Secret("very secret"))


def test_a_certificate_is_shown_and_an_authority_believed():
    """Where files are named the service speaks TLS, and checks who Redis is."""
    files = {"TLS_CERTIFICATE_FILE": "/t/tls.crt", "TLS_KEY_FILE": "/t/tls.key"}
    settings = Settings.read({**ENVIRONMENT, **files, "TLS_AUTHORITY_FILE": "/t/ca.crt"})
    assert ("/t/tls.crt", "/t/tls.key") == (
        str(settings.certificate.chain),
        str(settings.certificate.key),
    )
    assert "/t/ca.crt" == str(settings.authority)
    with pytest.raises(SettingError, match="TLS_KEY_FILE is not set, but TLS_CERTIFICATE_FILE is"):
        Settings.read({**ENVIRONMENT, **files, "TLS_KEY_FILE": ""})
