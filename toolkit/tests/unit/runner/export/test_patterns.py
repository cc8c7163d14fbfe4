"""What looks like a secret is taken out, and what only talks of one stays."""

from collections import Counter

import pytest

from groundplan.runner.export import patterns

CANARY = "s3cr3tCanary"
KEY = f"-----BEGIN RSA PRIVATE KEY-----\nMII{CANARY}\n-----END RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (KEY, "private key"),
        (KEY.replace("\n", "\\n"), "private key"),
        (KEY.rpartition("\n")[0], "private key"),
        (f"postgres://backend:{CANARY}@127.0.0.1:5432/x", "password in a URL"),
        (f"redis://:{CANARY}@127.0.0.1", "password in a URL"),
        (f"Authorization: Bearer {CANARY}", "token"),
        (f"authorization=Bearer%20{CANARY}", "token"),
        (f"eyJhbGciOiJFUzI1.eyJzdWIi{CANARY}.sig", "token"),
        ("AKIAIOSFODNN7EXAMPLE", "token"),
        (f"cookie: session={CANARY}; other=1", "cookie"),
        (f'"set-cookie":"refresh={CANARY}; Path=/"', "cookie"),
        (f"requirepass {CANARY}", "password"),
        (f"CREATE ROLE x PASSWORD '{CANARY}'", "password"),
        (f"{CANARY}@people.example", "e-mail address"),
        (f"{CANARY}%40people.example", "e-mail address"),
        (f"API_TOKEN={CANARY}", patterns.NAMED_SO),
        (f"paymentSecret: {CANARY}", patterns.NAMED_SO),
        (f'{{"db.password":"{CANARY}"}}', patterns.NAMED_SO),
        (f'{{\\"api_key\\":\\"{CANARY}\\"}}', patterns.NAMED_SO),
        (f"password='{CANARY} with a blank'", patterns.NAMED_SO),
        (f"- name: API_TOKEN\n  value: {CANARY}", patterns.NAMED_SO),
        (f'{{"name":"API_TOKEN","value":"{CANARY}"}}', patterns.NAMED_SO),
    ],
)
def test_it_is_taken_out_and_counted(text, kind):
    """Keys, passwords, tokens, cookies, addresses, and values that are named as secrets."""
    counts: Counter[str] = Counter()
    found = patterns.remove(text, counts)
    assert CANARY not in found
    assert "EXAMPLE" not in found
    assert counts[kind] == 1


@pytest.mark.parametrize(
    "text",
    [
        "token_ttl: 15m",
        "password authentication failed for user",
        "key_file: /etc/ssl/private.key",
        "TELEMETRY_KEY_FILE=/x/key",
        "token_file: /run/token",
        "password: null",
        "proxy_set_header Authorization $http_authorization;",
        "http://127.0.0.1:8080/a@b",
        'WWW-Authenticate: Bearer realm="groundplan"',
        "password_encryption = 'scram-sha-256'",
        "secret: <secret gateway-key>",
    ],
)
def test_what_only_talks_of_secrets_stays(text):
    """Settings about secrets can still be read."""
    assert text == patterns.remove(text, Counter())


def test_values_that_are_named_as_secrets_can_be_learned():
    """With the name that the text has for them."""
    assert [("TOKEN", CANARY)] == patterns.named(f"environment: {{API_TOKEN: {CANARY}}}")
