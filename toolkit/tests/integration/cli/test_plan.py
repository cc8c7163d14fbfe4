"""`./run plan` with a real Terraform: words, refusals, and nothing changed."""

STALE = 4
FAILED = 3


def test_a_plan_is_told_in_words_and_changes_nothing(tiny):
    """What apply would create is named; no state is written."""
    done = tiny.run("plan", "dev")
    assert 0 == done.returncode
    assert "3 created" == done.stdout.splitlines()[0]
    assert "  created terraform_data.slow" in done.stdout.splitlines()
    assert not (tiny.root / "terraform.tfstate").exists()


def test_stale_files_are_refused(tiny):
    """Nothing is planned from files that are not what the platform file says."""
    (tiny.folder / "source/main.tf").write_text('output "new" {\n  value = 1\n}\n')
    done = tiny.run("plan", "dev")
    assert STALE == done.returncode
    assert "terraform/main.tf" in done.stderr
    assert "./run render dev" in done.stderr


def test_without_terraform_it_says_how_to_get_one(tiny):
    """Exit code 3 and where both are to be had."""
    tiny.environment["PATH"] = str(tiny.folder)
    done = tiny.run("plan", "dev")
    assert FAILED == done.returncode
    assert "Terraform or OpenTofu 1.10 or newer is not on this machine" in done.stderr
    assert "opentofu.org" in done.stderr


def test_a_configuration_that_is_not_there_does_no_harm(tiny):
    """Terraform's own settings file may be named and missing."""
    tiny.environment["TF_CLI_CONFIG_FILE"] = str(tiny.folder / "missing.tfrc")
    assert 0 == tiny.run("plan", "dev").returncode
