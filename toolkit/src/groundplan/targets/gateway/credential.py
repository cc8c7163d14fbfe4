"""The gateway's key: a secret in a file, put on every request so that the next hop believes us."""

from groundplan.model.placement import Discovery, Placement
from groundplan.model.setting import MOUNTED_SECRETS
from groundplan.targets.gateway.extension import Json, extension
from groundplan.targets.gateway.parties import Parties
from groundplan_contracts import identity

SECRET = "gateway-key"  # noqa: S105 - the name of the secret


def secret(placement: Placement, parties: Parties) -> Json:
    """Return where the key stands; here in the file that the authorisation service reads too."""
    file = f"{MOUNTED_SECRETS}/{SECRET}"
    if placement.discovery is Discovery.FILES:
        file = f"{placement.config_folder}/secrets/{parties.authorization}.gateway-key"
    return {"name": SECRET, "generic_secret": {"secret": {"filename": file}}}


def gateway_key() -> Json:
    """Return the filter that sets the header with the key, whatever the client sent."""
    return extension(
        "envoy.filters.http.credential_injector",
        "envoy.extensions.filters.http.credential_injector.v3.CredentialInjector",
        overwrite=True,
        credential=extension(
            "envoy.http.injected_credentials.generic",
            "envoy.extensions.http.injected_credentials.generic.v3.Generic",
            credential={"name": SECRET},
            header=identity.GATEWAY,
        ),
    )
