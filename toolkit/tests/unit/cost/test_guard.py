"""Security's part of the bill."""

OFF = (
    "security: {guards: {cloudtrail: false, guardduty: false, config: false, securityHub: false}}"
)


def test_keys_of_ones_own_cost_a_dollar_each(cost_of, bill_of) -> None:
    """Six purposes; AWS's own keys cost nothing."""
    assert (6.0,) * 3 == cost_of("security", "keys")
    assert () == bill_of("security: {encryption: {kms: false}}\n").find([("security", "keys")])


def test_a_secret_costs_by_the_month(cost_of) -> None:
    """Five of the platform, and one for each service that calls the database."""
    more = "services: {shop: {kind: service, run: {command: [s]}, calls: [database]}}\n"
    assert (2.4,) * 3 == cost_of("security", "secrets")
    assert (2.8,) * 3 == cost_of("security", "secrets", more)


def test_guards_cost_by_what_they_look_at(cost_of) -> None:
    """Events, lines of the audit log, changes and checks, at their prices."""
    assert (0.8, 4.0, 20.0) == cost_of("security", "GuardDuty events")
    assert (1.6, 6.4, 32.0) == cost_of("security", "GuardDuty audit")
    assert (0.9, 4.5, 30.0) == cost_of("security", "Config")
    assert (5.0, 15.0, 40.0) == cost_of("security", "Security Hub")


def test_logins_are_paid_by_vcpu(cost_of) -> None:
    """Two vCPU of the first, its standby and a replica, a dollar each."""
    text = "database: {instance: db.t3.small, multiZone: true, readReplicas: 1}\n"
    assert (6.0,) * 3 == cost_of("security", "GuardDuty logins", text)


def test_a_second_trail_is_the_most(cost_of) -> None:
    """The first trail of an account is free."""
    assert (0.0, 0.0, 100.0) == cost_of("security", "CloudTrail")


def test_guards_that_are_off_cost_nothing(bill_of) -> None:
    """Keys and the password remain."""
    lines = [each.name for each in bill_of(OFF).lines if each.component == "security"]
    assert ["keys", "secrets"] == lines
