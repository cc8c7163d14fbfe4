"""Scripts of the cache's image: a plain shell reads them; the integration test runs them."""

import subprocess

import pytest

from groundplan.targets.kubernetes import script

SCRIPTS = {
    "plain copy": script.copy("/copies", "cache", 6379, "backup", sni="cache", authority=""),
    "copy": script.copy("/copies", "cache", 6379, "backup", sni="cache", authority="/ca.crt"),
    "prove": script.prove("/copies"),
    "lay": script.lay("/copies", "/data"),
    "take": script.take("/data"),
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_a_plain_shell_reads_it(text: str) -> None:
    """It has no fault of syntax, ends at the first failure, and no place is left unfilled."""
    read = subprocess.run(["sh", "-n"], input=text, capture_output=True, text=True, check=False)
    assert (0, "") == (read.returncode, read.stderr)
    assert text.startswith("set -eu\n")
    assert "{{" not in text
    assert "}}" not in text


def test_a_broken_script_is_noticed() -> None:
    """Negative control: a loop without its end is refused by that shell."""
    broken = SCRIPTS["lay"].replace("\ndone", "")
    assert 0 != subprocess.run(["sh", "-n"], input=broken, text=True, check=False).returncode


def test_the_name_in_the_certificate_is_asked_for() -> None:
    """With an authority the connection is encrypted, without one it is not."""
    assert "--tls --cacert /ca.crt --sni cache " in SCRIPTS["copy"]
    assert "--tls" not in SCRIPTS["plain copy"]
