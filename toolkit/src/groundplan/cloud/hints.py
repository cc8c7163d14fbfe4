"""What to do about the commonest refusals of Terraform and AWS, as one table.

A hint stands beside Terraform's own words and never instead of them. The first pattern of the
table that is found in the words decides; docs/reference/hints.md shows the same table.
"""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Hint:
    """One kind of refusal."""

    name: str
    pattern: "re.Pattern[str]"
    advice: str


def _hint(name: str, pattern: str, advice: str) -> Hint:
    return Hint(name, re.compile(pattern, re.IGNORECASE | re.DOTALL), advice)


HINTS: Final = (
    _hint(
        "state-lock",
        r"Error acquiring the state lock|state blob is already locked",
        "wait until the other one has ended; if nobody works there any more, unlock with"
        " `terraform force-unlock ID` in the environment's folder",
    ),
    _hint(
        "stale-plan",
        r"saved plan is stale",
        "somebody applied something after this plan was made; run the command again",
    ),
    _hint(
        "disk-full",
        r"no space left on device|disk quota exceeded|file too large",
        "free some space; what was done is in the state, or in errored.tfstate beside the files"
        " (`terraform state push errored.tfstate`), and the command can be repeated",
    ),
    _hint(
        "expired-token",
        r"ExpiredToken|token (included in the request )?(is|has) expired|"
        r"RequestExpired|SSO session .*expired|refresh cached SSO",
        "the credentials ran out: sign in again (`aws sso login`, or new session credentials)"
        " and repeat the command",
    ),
    _hint(
        "bad-credentials",
        r"InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClientException|"
        r"AuthFailure: AWS was not able to validate|InvalidAccessKeyId|"
        r"security token included in the request is invalid",
        "AWS does not know these credentials: look at AWS_PROFILE and AWS_ACCESS_KEY_ID with"
        " `aws sts get-caller-identity`",
    ),
    _hint(
        "no-credentials",
        r"No valid credential sources found|no EC2 IMDS role found|"
        r"failed to refresh cached credentials|failed to get shared config profile|"
        r"NoCredentialProviders|Unable to locate credentials",
        "give credentials: AWS_PROFILE with a profile that is signed in, or AWS_ACCESS_KEY_ID and"
        " AWS_SECRET_ACCESS_KEY; to try without an account add --simulate",
    ),
    _hint(
        "kms-pending-deletion",
        r"KMSInvalidStateException|is pending deletion",
        "the key waits to be deleted: `aws kms cancel-key-deletion --key-id ID`, then"
        " `aws kms enable-key --key-id ID`, and repeat",
    ),
    _hint(
        "secret-scheduled",
        r"scheduled for deletion",
        "a secret of this name waits to be deleted: `aws secretsmanager restore-secret"
        " --secret-id NAME`, or delete it with --force-delete-without-recovery",
    ),
    _hint(
        "deletion-protection",
        r"deletion[ _]?protection|Cannot delete protected",
        "it is protected on purpose; `./run destroy ENV --with-data` takes the protection away"
        " after asking once more",
    ),
    _hint(
        "not-empty",
        r"BucketNotEmpty|RepositoryNotEmptyException|Backup vault cannot be deleted",
        "it still holds data; `./run destroy ENV --with-data` empties it after asking once more",
    ),
    _hint(
        "eip-limit",
        r"AddressLimitExceeded|maximum number of addresses has been reached",
        "ask AWS for more Elastic IPs (Service Quotas, EC2, EC2-VPC Elastic IPs), or set"
        " network.nat to single, which takes one",
    ),
    _hint(
        "version-unsupported",
        r"unsupported Kubernetes version|Cannot find version .* for (postgres|aurora)|"
        r"(engine|kubernetes) version.* (not|no longer) (supported|available)|"
        r"requested version .* is not supported",
        "AWS no longer or not yet offers this version: change cluster.version or database.version"
        " (`aws eks describe-cluster-versions`, `aws rds describe-db-engine-versions`)",
    ),
    _hint(
        "class-not-available",
        r"InvalidDBInstanceClass|does not support creating a DB instance|"
        r"Cannot create a database instance .* not supported|"
        r"instance (class|type) .*(not (supported|available)|does not exist)|"
        r"InsufficientDBInstanceCapacity|InsufficientInstanceCapacity|"
        r"InvalidParameterValue: .*instance type",
        "this class is not offered here or has no room now: choose another in database.instance"
        " or cluster.nodeGroups, or add a second instance type",
    ),
    _hint(
        "zone-not-supported",
        r"UnsupportedAvailabilityZoneException|not supported in (the|your) "
        r"(requested |targeted )?availability zone|"
        r"InvalidAvailabilityZone|availability zone .*(does not|not) support|"
        r"Value \([a-z0-9-]+\) for parameter availabilityZone is invalid",
        "one of the zones does not offer this: change network.zones or the region",
    ),
    _hint(
        "throttling",
        r"Throttl|RequestLimitExceeded|Rate exceeded|TooManyRequests|SlowDown|exceeded .*retries",
        "AWS asks for fewer calls at a time: repeat the command; what was done stays done",
    ),
    _hint(
        "quota",
        r"LimitExceeded|ServiceQuotaExceeded|QuotaExceeded|quota has been (met|exceeded)|"
        r"TooMany(?!Requests)|exceeded the maximum number|maximum number of [^.]*has been reached",
        "a quota of the account is reached: look at Service Quotas in this region, ask for more,"
        " or remove what is no longer used; then repeat",
    ),
    _hint(
        "name-taken",
        r"BucketAlreadyExists|BucketAlreadyOwnedByYou|EntityAlreadyExists|AlreadyExists|"
        r"ResourceInUseException: .*already exists|already exists|ResourceExistsException",
        "something of this name is there and Terraform does not know it: adopt it with"
        " `./run import ENV ADDRESS ID`, remove it, or change the platform's name",
    ),
    _hint(
        "cidr-conflict",
        r"InvalidSubnet\.Conflict|InvalidSubnet\.Range|InvalidVpc\.Range|"
        r"CIDR .*(conflicts|overlaps)|overlapping CIDR",
        "the addresses overlap with what is there: change network.cidr and network.subnets",
    ),
    _hint(
        "dns-validation",
        r"waiting for ACM Certificate .*(PENDING_VALIDATION|issued)|PENDING_VALIDATION",
        "the certificate waits for its DNS records: point the domain at the name servers of the"
        " hosted zone (output name_servers) at your registrar, wait, and repeat",
    ),
    _hint(
        "dependency-violation",
        r"DependencyViolation|has dependencies and cannot be deleted|has a dependent object|"
        r"is currently in use|ResourceInUse|DeleteConflict",
        "something else still uses it, often a load balancer or network interface that Kubernetes"
        " made: `./run destroy ENV` removes those; repeat it after a minute",
    ),
    _hint(
        "access-denied",
        r"AccessDenied|UnauthorizedOperation|not authorized to perform|AuthorizationError|"
        r"StatusCode: 403",
        "the credentials may not do this: the message names the action; give the role that action"
        " or ask who runs the account (an organisation's policy can forbid it too)",
    ),
    _hint(
        "provider-unavailable",
        r"Failed to query available provider packages|Failed to install provider|"
        r"could not connect to registry|provider registry|"
        r"no available releases match the given constraints|Inconsistent dependency lock file",
        "the AWS provider cannot be downloaded here: put a mirror (a folder that holds"
        " registry.terraform.io/hashicorp/aws) into ~/.terraform.d/plugins, or name one with"
        " TF_PLUGIN_CACHE_DIR",
    ),
    _hint(
        "backend-changed",
        r"Backend (initialization required|configuration changed)|backend type changed",
        "the file now keeps the state elsewhere: move it there with"
        " `terraform init -migrate-state` in the environment's folder, then repeat",
    ),
    _hint(
        "backend-missing",
        r"NoSuchBucket|S3 bucket .*does not exist|Failed to get existing workspaces",
        "the bucket for the state is not there: make it first (the delivery module does), or"
        " leave delivery.stateBucket out of the file to keep the state on this machine",
    ),
    _hint(
        "network-unreachable",
        r"no such host|network is unreachable|connection refused|i/o timeout|"
        r"TLS handshake timeout|dial tcp|connection reset by peer|x509: ",
        "AWS cannot be reached: look at the network, HTTPS_PROXY and AWS_CA_BUNDLE, and the"
        " region's name; then repeat",
    ),
)


def find(words: str) -> Hint | None:
    """Return what is known about a refusal, None where nothing is."""
    return next((hint for hint in HINTS if hint.pattern.search(words)), None)
