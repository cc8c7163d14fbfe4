"""Each hint is found in the words that Terraform and AWS really use, and in no others."""

import re
from pathlib import Path

import pytest

from groundplan.cloud import hints

PAGE = Path(__file__).parents[4] / "docs/reference/hints.md"
SAID = [
    ("state-lock", "Error acquiring the state lock: ConditionalCheckFailedException"),
    ("stale-plan", "Saved plan is stale"),
    ("disk-full", "write terraform.tfstate: no space left on device"),
    (
        "expired-token",
        "operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID:"
        " 5b, api error ExpiredToken: The security token included in the request is expired",
    ),
    (
        "expired-token",
        "refresh cached SSO token failed, unable to refresh SSO token: session has expired",
    ),
    (
        "bad-credentials",
        "Retrieving AWS account details: validating provider credentials: operation error STS:"
        " GetCallerIdentity, https response error StatusCode: 403, api error InvalidClientTokenId:"
        " The security token included in the request is invalid.",
    ),
    (
        "no-credentials",
        "No valid credential sources found\nError: failed to refresh cached credentials, no EC2"
        " IMDS role found, operation error ec2imds: GetMetadata, exceeded maximum number of"
        " attempts, 3, dial tcp 169.254.169.254:80: i/o timeout",
    ),
    (
        "no-credentials",
        "loading configuration: failed to get shared config profile, staging",
    ),
    (
        "kms-pending-deletion",
        "api error KMSInvalidStateException: arn:aws:kms:us-east-1:123456789012:key/1 is pending"
        " deletion.",
    ),
    (
        "secret-scheduled",
        "creating Secrets Manager Secret (groundplan-dev): InvalidRequestException: You can't"
        " create this secret because a secret with this name is already scheduled for deletion.",
    ),
    (
        "deletion-protection",
        "deleting RDS DB Instance (groundplan-dev): api error InvalidParameterCombination: Cannot"
        " delete protected DB Instance, please disable deletion protection and try again.",
    ),
    (
        "not-empty",
        "deleting S3 Bucket (groundplan-dev-logs-1): api error BucketNotEmpty: The bucket you"
        " tried to delete is not empty. You must delete all versions in the bucket.",
    ),
    (
        "eip-limit",
        "creating EC2 EIP: operation error EC2: AllocateAddress, api error AddressLimitExceeded:"
        " The maximum number of addresses has been reached.",
    ),
    (
        "version-unsupported",
        "creating EKS Cluster: InvalidParameterException: unsupported Kubernetes version 1.22",
    ),
    (
        "version-unsupported",
        "creating RDS DB Instance: InvalidParameterCombination: Cannot find version 15.4 for"
        " postgres",
    ),
    (
        "class-not-available",
        "api error InsufficientInstanceCapacity: We currently do not have sufficient t3.large"
        " capacity in the Availability Zone you requested",
    ),
    (
        "class-not-available",
        "api error InvalidParameterCombination: RDS does not support creating a DB instance with"
        " the following combination: DBInstanceClass=db.t3.tiny, Engine=postgres",
    ),
    (
        "zone-not-supported",
        "creating EKS Cluster: UnsupportedAvailabilityZoneException: Cannot create cluster because"
        " us-east-1e, the targeted availability zone, does not currently have sufficient capacity",
    ),
    (
        "zone-not-supported",
        "InvalidParameterValue: Value (us-west-1b) for parameter availabilityZone is invalid.",
    ),
    (
        "quota",
        "creating EC2 VPC: operation error EC2: CreateVpc, api error VpcLimitExceeded: The maximum"
        " number of VPCs has been reached.",
    ),
    (
        "quota",
        "creating ELBv2 Load Balancer: TooManyLoadBalancers: The maximum number of load balancers"
        " has been reached",
    ),
    (
        "throttling",
        "operation error EC2: DescribeSubnets, exceeded maximum number of attempts, 25, api error"
        " RequestLimitExceeded: Request limit exceeded.",
    ),
    ("throttling", "api error ThrottlingException: Rate exceeded"),
    (
        "name-taken",
        "creating S3 Bucket (groundplan): operation error S3: CreateBucket, https response error"
        " StatusCode: 409, BucketAlreadyExists: The requested bucket name is not available.",
    ),
    (
        "name-taken",
        "creating IAM Role (groundplan-dev-nodes): EntityAlreadyExists: Role with name"
        " groundplan-dev-nodes already exists.",
    ),
    (
        "cidr-conflict",
        "creating EC2 Subnet: api error InvalidSubnet.Conflict: The CIDR '10.0.0.0/24' conflicts"
        " with another subnet",
    ),
    (
        "dns-validation",
        "waiting for ACM Certificate (arn:aws:acm:us-east-1:123456789012:certificate/1) to be"
        " issued: timeout while waiting for state to become 'ISSUED' (last state:"
        " 'PENDING_VALIDATION', timeout: 1h15m0s)",
    ),
    (
        "dependency-violation",
        "deleting EC2 Subnet (subnet-1): api error DependencyViolation: The subnet 'subnet-1' has"
        " dependencies and cannot be deleted.",
    ),
    (
        "access-denied",
        "creating EC2 VPC: operation error EC2: CreateVpc, https response error StatusCode: 403,"
        " api error UnauthorizedOperation: You are not authorized to perform this operation.",
    ),
    (
        "access-denied",
        "AccessDenied: User: arn:aws:iam::123456789012:user/x is not authorized to perform:"
        " iam:CreateRole",
    ),
    (
        "provider-unavailable",
        "Failed to query available provider packages\nCould not retrieve the list of available"
        " versions for provider hashicorp/aws: could not connect to registry.terraform.io: dial"
        " tcp: lookup registry.terraform.io: no such host",
    ),
    ("backend-changed", "Error: Backend configuration changed"),
    ("backend-missing", 'Error: S3 bucket "groundplan-state" does not exist.'),
    (
        "network-unreachable",
        "operation error EC2: DescribeVpcs, https response error StatusCode: 0, request send"
        " failed, dial tcp: lookup ec2.us-east-1.amazonaws.com: no such host",
    ),
]
UNKNOWN = [
    "Invalid value for variable: The name is longer than 20 letters.",
    "Error: Cycle: module.a.aws_iam_role.x, module.b.aws_iam_policy.y",
    'Error: Unsupported argument: An argument named "zone" is not expected here.',
    "creating Route 53 Record: InvalidChangeBatch: RRSet with DNS name x. is not permitted in y.",
]


@pytest.mark.parametrize(("name", "words"), SAID)
def test_a_known_refusal_has_its_hint(name: str, words: str) -> None:
    """The words of a real refusal lead to its own hint and to no other."""
    found = hints.find(words)
    assert found is not None
    assert name == found.name


@pytest.mark.parametrize("words", UNKNOWN)
def test_an_unknown_refusal_has_none(words: str) -> None:
    """Negative control: no pattern is so wide that it takes what nobody knows."""
    assert hints.find(words) is None


def test_every_hint_is_tried() -> None:
    """No hint stands in the table without a message that leads to it; names are told apart."""
    names = [hint.name for hint in hints.HINTS]
    assert len(names) == len(set(names))
    assert {name for name, _ in SAID} == set(names)
    assert len(names) >= 20


def test_the_page_is_the_table() -> None:
    """docs/reference/hints.md lists each hint once, in order, with its advice."""
    sections = re.findall(r"^## ([a-z-]+)\n(.*?)(?=^## |\Z)", PAGE.read_text(), re.M | re.S)
    shown = {name: " ".join(text.split()) for name, text in sections}
    assert [hint.name for hint in hints.HINTS] == list(shown)
    missing = [hint.name for hint in hints.HINTS if hint.advice not in shown[hint.name]]
    assert [] == missing
