"""`down` where nothing runs is no error."""

from groundplan.cli.main import main


def test_nothing_to_stop_is_said(tmp_path, capsys):
    """The exit code is 0 and the folder is named."""
    assert 0 == main(["down", "--data", str(tmp_path)])
    assert f"nothing runs in {tmp_path}" in capsys.readouterr().err
