"""The wiring of accounts: passwords, devices, invitations, tokens, services, sign-in elsewhere.

Takes what the application has made already and hands on controllers, jobs and one thing that
others need: the API tokens.
"""

from dataclasses import dataclass
from typing import Any, Final

from groundplan_backend.background import Job
from groundplan_backend.http.cursor import Cursors
from groundplan_backend.idempotency.service import Idempotency
from groundplan_backend.identity.api_tokens.controller import ApiTokenController
from groundplan_backend.identity.api_tokens.live import LiveTokens
from groundplan_backend.identity.api_tokens.service import ApiTokenService
from groundplan_backend.identity.cookies import RefreshCookie
from groundplan_backend.identity.devices.controller import DeviceController
from groundplan_backend.identity.devices.service import DeviceService
from groundplan_backend.identity.invitations.controller import InvitationController
from groundplan_backend.identity.invitations.service import InvitationService
from groundplan_backend.identity.keys import KeyRing
from groundplan_backend.identity.oidc.controller import OidcController
from groundplan_backend.identity.oidc.cookie import StateCookie
from groundplan_backend.identity.oidc.provider import Provider
from groundplan_backend.identity.oidc.service import OidcService
from groundplan_backend.identity.password.controller import PasswordController
from groundplan_backend.identity.password.service import PasswordService
from groundplan_backend.identity.passwords import Passwords
from groundplan_backend.identity.service import IdentityService
from groundplan_backend.identity.service_identities.controller import ServiceIdentityController
from groundplan_backend.identity.service_identities.service import ServiceIdentityService
from groundplan_backend.identity.sessions import Sessions
from groundplan_backend.mail.controller import MailController
from groundplan_backend.mail.folder import Folder
from groundplan_backend.mail.service import Outbox, PostOffice
from groundplan_backend.mail.smtp import Smtp
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Settings

PUBLISHED: Final = (
    PasswordController,
    DeviceController,
    InvitationController,
    ServiceIdentityController,
    ApiTokenController,
    OidcController,
    MailController,
)
_CALLBACK: Final = "/api/v1/identity/oidc/callback"
_PUBLISH_EVERY: Final = 15.0
_MAIL_EVERY: Final = 1.0
_CLEAN_EVERY: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Ground:
    """What accounts stand on."""

    pool: Pool
    sessions: Sessions
    keys: KeyRing
    passwords: Passwords
    idempotency: Idempotency
    cursors: Cursors
    settings: Settings


class Accounts:
    """Makes the services of accounts, with what they share."""

    def __init__(self, ground: Ground, identity: IdentityService) -> None:
        settings = ground.settings
        self._live = LiveTokens(settings.redis_url, settings.authority)
        self._folder = Folder(settings.mail_folder) if settings.mail_folder else None
        self.outbox = Outbox(
            ground.pool,
            settings.key_encryption_key,
            _office(settings, self._folder),
            settings.mail_from,
        )
        self.tokens = ApiTokenService(
            ground.pool, self._live, ground.keys, ground.idempotency, ground.cursors, settings
        )
        self._services = ServiceIdentityService(
            ground.pool, self.tokens, ground.idempotency, ground.cursors
        )
        self._devices = DeviceService(ground.pool, ground.sessions, identity)
        self._invitations = InvitationService(
            ground.pool,
            self.outbox,
            ground.passwords,
            ground.idempotency,
            ground.cursors,
            settings.public_url,
        )
        self._passwords = PasswordService(
            ground.pool, ground.sessions, self.tokens, ground.passwords, self.outbox, settings
        )
        self._oidc = OidcService(
            ground.pool,
            _provider(settings),
            identity,
            settings.key_encryption_key,
            settings.oidc_name,
        )
        self._state = StateCookie(settings.public_url)

    def controllers(self, cookie: RefreshCookie) -> list[Any]:
        """Return the controllers in the order of `PUBLISHED`."""
        return [
            PasswordController(self._passwords),
            DeviceController(self._devices),
            InvitationController(self._invitations),
            ServiceIdentityController(self._services),
            ApiTokenController(self.tokens),
            OidcController(self._oidc, cookie, self._state),
            MailController(self._folder),
        ]

    def jobs(self) -> list[Job]:
        """Return the work beside the requests."""
        return [
            Job("publish API tokens", self.tokens.publish, _PUBLISH_EVERY),
            Job("answer password resets", self._passwords.answer_requests, _MAIL_EVERY),
            Job("deliver mails", self.outbox.deliver, _MAIL_EVERY),
            Job("forget API tokens", self.tokens.forget, _CLEAN_EVERY),
            Job("forget invitations", self._invitations.forget, _CLEAN_EVERY),
            Job("forget password resets", self._passwords.forget, _CLEAN_EVERY),
            Job("forget mails", self.outbox.forget, _CLEAN_EVERY),
            Job("forget sign-ins elsewhere", self._oidc.forget, _CLEAN_EVERY),
        ]

    def close(self) -> None:
        """Close what is open."""
        self._live.close()


def _office(settings: Settings, folder: Folder | None) -> PostOffice | None:
    if settings.smtp_url is not None:
        return Smtp.of(settings.smtp_url, settings.mail_from)
    return folder


def _provider(settings: Settings) -> Provider | None:
    if settings.oidc_issuer is None:
        return None
    return Provider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.public_url.rstrip("/") + _CALLBACK,
    )
