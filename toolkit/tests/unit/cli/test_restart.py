"""`restart` needs a run."""

from groundplan.cli.main import main


def test_without_a_run_there_is_a_way_out(tmp_path, capsys):
    """The exit code is 5 and the message says how to start one."""
    assert 5 == main(["restart", "backend", "--data", str(tmp_path)])
    assert "./run up starts one" in capsys.readouterr().err
