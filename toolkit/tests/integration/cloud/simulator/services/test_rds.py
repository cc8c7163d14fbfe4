"""An instance keeps what it was given, and a replica is an instance of its own."""

import pytest


@pytest.fixture
def instance(ask):
    """Return an instance whose performance is watched."""
    return ask(
        "rds",
        "create_db_instance",
        DBInstanceIdentifier="one",
        DBInstanceClass="db.t3.small",
        Engine="postgres",
        EngineVersion="15.8",
        AllocatedStorage=20,
        MasterUsername="groundplan",
        ManageMasterUserPassword=True,
        BackupRetentionPeriod=7,
        MultiAZ=True,
        EnablePerformanceInsights=True,
        PerformanceInsightsRetentionPeriod=31,
        Tags=[{"Key": "of", "Value": "source"}],
    )["DBInstance"]


def test_performance_insights_are_read_back(ask, instance):
    """The days are those that were given."""
    assert (True, 31) == (
        instance["PerformanceInsightsEnabled"],
        instance["PerformanceInsightsRetentionPeriod"],
    )


def test_the_authority_is_the_one_that_aws_takes_by_itself(instance):
    """Terraform would change an instance that it has just made if it were another one."""
    assert "rds-ca-rsa2048-g1" == instance["CACertificateIdentifier"]


def test_a_replica_is_not_the_double_of_its_source(ask, instance):
    """Id, tags, backups, standby and secret are its own."""
    replica = ask(
        "rds",
        "create_db_instance_read_replica",
        DBInstanceIdentifier="two",
        SourceDBInstanceIdentifier="one",
    )["DBInstance"]
    assert instance["DbiResourceId"] != replica["DbiResourceId"]
    assert ([], 0, False) == (
        replica["TagList"],
        replica["BackupRetentionPeriod"],
        replica["MultiAZ"],
    )
    assert "MasterUserSecret" not in replica
    source = ask("rds", "describe_db_instances", DBInstanceIdentifier="one")["DBInstances"][0]
    assert (7, True) == (source["BackupRetentionPeriod"], source["MultiAZ"])


def test_changed_parameters_are_told_from_defaults(ask):
    """A parameter that was set has a user as its source."""
    group = {"DBParameterGroupName": "one"}
    family = {"DBParameterGroupFamily": "postgres15", "Description": "x"}
    ask("rds", "create_db_parameter_group", **group, **family)
    given = {"ParameterName": "rds.force_ssl", "ParameterValue": "1", "ApplyMethod": "immediate"}
    ask("rds", "modify_db_parameter_group", **group, Parameters=[given])
    found = ask("rds", "describe_db_parameters", **group)["Parameters"]
    assert [("rds.force_ssl", "1", "user")] == [
        (one["ParameterName"], one["ParameterValue"], one["Source"]) for one in found
    ]
