"""All folders are below the data folder but the one that must have a short path."""


def test_data_is_in_one_place(folders):
    """Deleting the data folder forgets the platform."""
    for folder in (folders.config, folders.secrets, folders.logs, folders.database, folders.cache):
        assert folder.startswith(folders.data + "/")
    assert "/data/services/notes" == folders.service("notes")
