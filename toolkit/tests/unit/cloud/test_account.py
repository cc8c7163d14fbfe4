"""What is ours in an account is found, and nothing else."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from groundplan.cloud import account
from groundplan.cloud.account import Ours, Thing

OURS = Ours("x-dev", {"stack": "x-dev"})
ALB = "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/k8s-a/1"
OTHER = "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/k8s-b/2"


class Client:
    """Answers each operation with what it was given; everything else with nothing."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self._answers = answers
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def get_paginator(self, operation: str) -> "Pages":
        """Return the pages of an operation."""
        return Pages(self, operation)

    def __getattr__(self, operation: str) -> Any:
        def call(**words: Any) -> Any:
            self.asked.append((operation, words))
            return self._answers.get(operation) or Empty()

        return call


class Empty(dict[str, Any]):
    """An answer without anything in it."""

    def __missing__(self, key: str) -> list[Any]:
        return []


class Pages:
    """One page of an operation's answer."""

    def __init__(self, client: Client, operation: str) -> None:
        self._client, self._operation = client, operation

    def paginate(self, **words: Any) -> Iterator[Any]:
        """Yield the page."""
        yield getattr(self._client, self._operation)(**words)


def read(**answers: dict[str, Any]) -> account.Reading:
    """Read an account whose services answer so."""
    clients = {service: Client(each) for service, each in answers.items()}
    return account.read(lambda service: clients.setdefault(service, Client({})), OURS)


def test_an_empty_account_has_nothing() -> None:
    """Every question is asked, and nothing is found."""
    reading = read()
    assert (list(account.LISTS), ()) == (list(reading.asked), reading.things)


def test_names_that_only_begin_alike_are_others() -> None:
    """`x-dev2` is not in `x-dev`."""
    databases = [
        {"DBInstanceIdentifier": name, "DBInstanceStatus": "available"}
        for name in ("x-dev", "x-dev-replica", "x-dev2", "y-dev")
    ]
    reading = read(
        rds={"describe_db_instances": {"DBInstances": databases}},
        eks={"list_clusters": {"clusters": ["x-dev", "x-devil"]}},
        s3={"list_buckets": {"Buckets": [{"Name": "x-dev-logs-1"}, {"Name": "x-develop"}]}},
    )
    expected = [
        Thing("eks:cluster", "x-dev"),
        Thing("rds:db", "x-dev", "available"),
        Thing("rds:db", "x-dev-replica", "available"),
        Thing("s3:bucket", "x-dev-logs-1"),
    ]
    assert expected == list(reading.things)
    assert reading.things == reading.chargeable


def test_what_is_going_does_not_count() -> None:
    """AWS shows what was deleted for a while."""
    instances = [
        {"State": {"Name": state}, "InstanceId": f"i-{state}", "InstanceType": "t3.large"}
        for state in ("running", "terminated")
    ]
    gateways = [
        {"State": state, "NatGatewayId": f"nat-{state}"} for state in ("available", "deleted")
    ]
    reading = read(
        ec2={
            "describe_instances": {"Reservations": [{"Instances": instances}]},
            "describe_nat_gateways": {"NatGateways": gateways},
        }
    )
    assert ["i-running", "nat-available"] == [thing.name for thing in reading.things]


def test_balancers_of_kubernetes_are_ours() -> None:
    """The tag of the cluster's load balancer controller counts; another cluster's does not."""
    described = [
        {"LoadBalancerArn": arn, "LoadBalancerName": arn.split("/")[-2]} for arn in (ALB, OTHER)
    ]
    tags = [
        {"ResourceArn": arn, "Tags": [{"Key": "elbv2.k8s.aws/cluster", "Value": cluster}]}
        for arn, cluster in ((ALB, "x-dev"), (OTHER, "y-dev"))
    ]
    reading = read(
        elbv2={
            "describe_load_balancers": {"LoadBalancers": described},
            "describe_tags": {"TagDescriptions": tags},
        }
    )
    assert ["k8s-a"] == [thing.name for thing in reading.things]


@pytest.mark.parametrize("date", [datetime(2026, 12, 24, tzinfo=UTC), None])
def test_a_key_costs_until_it_waits_to_be_deleted(date: datetime | None) -> None:
    """A key in its waiting time is kept on purpose and free; one that is in use is not."""
    tagged = [{"ResourceARN": "arn:aws:kms:us-east-1:1:key/17"}]
    reading = read(
        resourcegroupstaggingapi={"get_resources": {"ResourceTagMappingList": tagged}},
        kms={"describe_key": {"KeyMetadata": {"DeletionDate": date} if date else {"KeyId": "17"}}},
    )
    (thing,) = reading.things
    assert (bool(date), not date) == (thing.is_kept, thing.is_chargeable)


def test_a_secret_is_asked_for_by_its_arn() -> None:
    """The six characters at an ARN's end are no part of the name, and AWS knows only the ARN."""
    arn = "arn:aws:secretsmanager:us-east-1:1:secret:x-dev/key-AbCdEf"
    secrets = Client({"describe_secret": {"DeletedDate": datetime(2026, 12, 24, tzinfo=UTC)}})
    tags = Client({"get_resources": {"ResourceTagMappingList": [{"ResourceARN": arn}]}})
    clients = {"secretsmanager": secrets, "resourcegroupstaggingapi": tags}
    reading = account.read(lambda service: clients.get(service, Client({})), OURS)
    assert [True] == [thing.is_kept for thing in reading.things]
    assert [("describe_secret", {"SecretId": arn})] == secrets.asked


@pytest.mark.parametrize(
    ("arn", "thing"),
    [
        ("arn:aws:ec2:us-east-1:1:natgateway/nat-1", Thing("ec2:natgateway", "nat-1")),
        ("arn:aws:rds:us-east-1:1:db:x-dev", Thing("rds:db", "x-dev")),
        ("arn:aws:s3:::x-dev-logs", Thing("s3:bucket", "x-dev-logs")),
        ("arn:aws:logs:us-east-1:1:log-group:/aws/x", Thing("logs:log-group", "/aws/x")),
        ("arn:aws:sns:us-east-1:1:x-dev", Thing("sns:x-dev", "x-dev")),
    ],
)
def test_arns_are_read(arn: str, thing: Thing) -> None:
    """Kind and name, whichever way the service separates them."""
    assert thing == account.by_arn(arn)


def test_tags_decide() -> None:
    """Ours carry all of our tags, or those of our cluster alone."""
    assert account.is_ours({"stack": "x-dev"}, OURS)
    assert account.is_ours({"kubernetes.io/cluster/x-dev": "owned"}, OURS)
    assert not account.is_ours({"kubernetes.io/cluster/x-dev": "shared"}, OURS)
    assert not account.is_ours({}, Ours("x-dev", {}))
