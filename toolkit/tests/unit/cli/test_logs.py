"""`logs` shows what each replica said, behind its name."""

from groundplan.cli.main import main


def test_lines_stand_behind_the_replica_that_said_them(tmp_path, capsys):
    """Names have one width, and only the last lines are shown."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "backend-1.log").write_text("one\ntwo\nthree\n")
    (tmp_path / "logs" / "cache-1.log").write_text("ready\n")
    assert 0 == main(["logs", "-n", "2", "--data", str(tmp_path)])
    assert ["backend-1 | two", "backend-1 | three", "cache-1   | ready"] == (
        capsys.readouterr().out.splitlines()
    )


def test_an_unknown_name_is_told_the_known_ones(tmp_path, capsys):
    """The exit code is 2 and the message lists what there is."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "cache-1.log").touch()
    assert 2 == main(["logs", "redis", "--data", str(tmp_path)])
    assert "there are cache-1" in capsys.readouterr().err
