"""`./run drift` with a real Terraform."""

STALE = 4


def test_drift_is_found(tiny):
    """A file that says something else than what is there: exit code 4 and a list."""
    tiny.write('resource "terraform_data" "quick" {\n  input = "one"\n}\n')
    tiny.run("apply", "dev", "--yes")
    tiny.write('resource "terraform_data" "quick" {\n  input = "two"\n}\n')
    done = tiny.run("drift", "dev")
    assert STALE == done.returncode
    assert "  changed terraform_data.quick: input one -> two" in done.stdout.splitlines()
