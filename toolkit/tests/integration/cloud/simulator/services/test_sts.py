"""Whoever calls with unknown keys is a user as IAM names users."""


def test_a_stranger_is_a_user_of_iam(ask):
    """The name has the form that AWS gives users, so that a cluster takes it as a principal."""
    arn = ask("sts", "get_caller_identity")["Arn"]
    assert "arn:aws:iam::123456789012:user/moto" == arn
