"""Rendering is a function: the same model gives the same files and processes."""

from groundplan.targets import local


def test_rendering_twice_is_equal(reference, placement, folders, secrets, rendered):
    """Nothing but the arguments decides what is rendered."""
    again = local.render(reference, placement, folders, secrets)
    assert rendered == again


def test_names_are_unique(rendered):
    """No two processes or files share a name."""
    names = [process.name for process in rendered.processes]
    paths = [file.path for file in rendered.files]
    assert len(set(names)) == len(names)
    assert len(set(paths)) == len(paths)
