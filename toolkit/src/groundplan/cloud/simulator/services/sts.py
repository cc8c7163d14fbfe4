"""STS: who calls. Keys that moto has not made belong to a user, as IAM names users."""

from typing import Any

from moto.sts.responses import TokenResponse

from groundplan.cloud.simulator.registry import Call, completed

STRANGER = ":sts::"
"""What moto's answer for unknown keys holds; no user of AWS is named so."""


@completed(TokenResponse, "GetCallerIdentity")
def get_caller_identity(call: Call, answer: Any) -> None:
    """Name the caller of unknown keys as a user of IAM."""
    if answer["Arn"].endswith(":user/moto"):
        answer["Arn"] = answer["Arn"].replace(STRANGER, ":iam::")
