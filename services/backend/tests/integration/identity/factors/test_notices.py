"""Mails that tell somebody what became of his factors."""

from pathlib import Path
from typing import Any


def test_every_change_of_factors_is_told_to_their_owner(
    stack: Any, person: Any, tmp_path: Path, until: Any
) -> None:
    """Adding, new codes, a used code and removing bring a mail each, to nobody else."""
    one = person(at=stack.replica(MAIL_FOLDER=str(tmp_path)))
    one.sign_in()
    factor = one.enrol_totp()
    one.recovery_codes = one.post("factors/recovery-codes").json()["recovery_codes"]
    body = {"challenge": one.challenge()["challenge"], "code": one.recovery_codes[0]}
    assert 200 == one.post("sign-in/recovery", body).status_code
    assert 204 == one.ask("DELETE", f"factors/{factor['id']}").status_code
    said = [
        "A code generator was added",
        "New recovery codes were made",
        "signed in to your account with a recovery code",
        "A second factor was removed",
    ]

    def mails() -> list[str]:
        read = [file.read_text() for file in tmp_path.rglob("*") if file.is_file()]
        return [mail for mail in read if one.email in mail]

    until(lambda: len(mails()) >= len(said))
    assert [1] * len(said) == [sum(words in mail for mail in mails()) for words in said]
    assert one.recovery_codes[1] not in "".join(mails())
