from pathlib import Path

from groundplan_backend.postgres import migrate

_FOLDER = Path(migrate.__file__).with_name("migrations")


def test_migrations_are_numbered_without_gap() -> None:
    """Their order is their number."""
    numbers = sorted({int(file.name[:4]) for file in _FOLDER.glob("*.sql")})
    assert list(range(1, len(numbers) + 1)) == numbers


def test_every_migration_says_what_it_is_for() -> None:
    """The first line is a comment."""
    assert all(file.read_text().startswith("-- ") for file in _FOLDER.glob("*.sql"))
