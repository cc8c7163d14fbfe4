"""KMS: how often a key is renewed; moto knows only whether."""

from typing import Any

from moto.kms.responses import KmsResponse

from groundplan.cloud.simulator.registry import Call, completed

YEAR = 365


def _key(call: Call) -> tuple[str]:
    return (call.response.kms_backend.get_key_id(call.parameters["KeyId"]),)


@completed(KmsResponse, "EnableKeyRotation")
def enable_key_rotation(call: Call, answer: Any) -> None:
    """Note the days between renewals."""
    days = call.parameters.get("RotationPeriodInDays", YEAR)
    call.table("key rotation")[_key(call)] = {"RotationPeriodInDays": days}


@completed(KmsResponse, "GetKeyRotationStatus")
def get_key_rotation_status(call: Call, answer: Any) -> None:
    """Answer with them too."""
    if answer["KeyRotationEnabled"]:
        answer.update(call.table("key rotation").get(_key(call), {"RotationPeriodInDays": YEAR}))
