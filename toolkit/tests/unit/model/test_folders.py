"""All folders of a run are below its data folder but the one that must have a short path."""

from groundplan.model.folders import Folders


def test_data_is_in_one_place():
    """Deleting the data folder forgets the platform."""
    found = Folders("/data", "/run/gp", "/source")
    folders = (found.config, found.secrets, found.certificates, found.logs)
    for folder in (*folders, found.database, found.cache):
        assert folder.startswith(found.data + "/")
    assert "/data/services/notes" == found.service("notes")
