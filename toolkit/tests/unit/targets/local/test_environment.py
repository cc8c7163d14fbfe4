"""Services on this machine find the stores under addresses with passwords."""

from groundplan.targets.local import environment


def test_a_database_is_reached_as_its_own_role(placement, secrets):
    """The role is an identifier and the password is written so that any survives."""
    url = environment.database_url(placement, secrets, "notes-app")
    assert url.startswith("postgresql://notes_app:p%40ss%2Fword@127.0.0.1:")
    assert url.endswith("/notes_app")


def test_strangers_get_another_number_of_the_cache(placement, secrets):
    """The number that keeps keys apart stands last."""
    url = environment.cache_url(placement, secrets, 1)
    assert url.startswith("redis://:cache-password@127.0.0.1:")
    assert url.endswith("/1")
