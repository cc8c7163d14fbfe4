"""A key knows how often it is renewed."""


def test_the_period_is_read_back(ask):
    """It is a year where none is given, and not told where keys are not renewed."""
    for given, days in (({}, 365), ({"RotationPeriodInDays": 180}, 180)):
        key = ask("kms", "create_key")["KeyMetadata"]["KeyId"]
        off = ask("kms", "get_key_rotation_status", KeyId=key)
        assert (False, None) == (off["KeyRotationEnabled"], off.get("RotationPeriodInDays"))
        ask("kms", "enable_key_rotation", KeyId=key, **given)
        found = ask("kms", "get_key_rotation_status", KeyId=key)
        assert (True, days) == (found["KeyRotationEnabled"], found["RotationPeriodInDays"])
