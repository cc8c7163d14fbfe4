"""boto3, with which the account's APIs are read; imported only when a client is asked for."""

from collections.abc import Callable, Mapping
from typing import Any

from groundplan.errors import ToolError


def clients(region: str, settings: Mapping[str, str] | None = None) -> Callable[[str], Any]:
    """Return what makes clients by a service's name: `clients(region)("ec2")`.

    Args:
        region: the AWS region.
        settings: endpoint and keys as environment variables name them, where not those of
            the caller: AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY.

    Raises:
        ToolError: boto3 is not installed.
    """
    try:
        import boto3
    except ImportError:
        raise ToolError(
            "boto3 is not installed", hint="delete .venv and run it again; ./run installs it"
        ) from None
    given = settings or {}
    session = boto3.Session(
        region_name=region,
        aws_access_key_id=given.get("AWS_ACCESS_KEY_ID"),
        aws_secret_access_key=given.get("AWS_SECRET_ACCESS_KEY"),
    )
    made: dict[str, Any] = {}

    def client(service: str) -> Any:
        if service not in made:
            made[service] = session.client(service, endpoint_url=given.get("AWS_ENDPOINT_URL"))
        return made[service]

    return client


def errors() -> tuple[type[Exception], ...]:
    """Return what clients raise, where they were made; nothing is raised where they were not."""
    try:
        from botocore import exceptions
    except ImportError:
        return ()
    return (exceptions.ClientError, exceptions.BotoCoreError)
