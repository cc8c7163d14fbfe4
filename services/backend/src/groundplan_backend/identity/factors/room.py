"""The wiring of factors: what they are made of, and the controllers that answer for them."""

from typing import Any, Final

from groundplan_backend.identity.cookies import RefreshCookie
from groundplan_backend.identity.factors.challenges import Challenges
from groundplan_backend.identity.factors.controller import FactorController
from groundplan_backend.identity.factors.due import SecondFactor
from groundplan_backend.identity.factors.enrolment import Enrolment
from groundplan_backend.identity.factors.notices import Notices
from groundplan_backend.identity.factors.passkeys import Passkeys
from groundplan_backend.identity.factors.proofs import Proofs
from groundplan_backend.identity.factors.service import FactorService
from groundplan_backend.identity.factors.sign_in import SignIn
from groundplan_backend.identity.factors.sign_in_controller import SignInController
from groundplan_backend.identity.factors.step_up import StepUp
from groundplan_backend.identity.factors.step_up_controller import StepUpController
from groundplan_backend.identity.service import IdentityService
from groundplan_backend.identity.sessions import Sessions
from groundplan_backend.postgres.pool import Pool
from groundplan_backend.settings import Settings

PUBLISHED: Final = (SignInController, FactorController, StepUpController)


class Factors:
    """All of factors for one replica; identity asks `second`, and is asked for sessions."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool = pool
        self._settings = settings
        self._browser = Passkeys(settings.public_url, settings.audience)
        self._challenges = Challenges(settings.key_encryption_key)
        self._notices = Notices(pool, settings)
        self._proofs = Proofs(pool, settings, self._browser, self._notices)
        self._enrolment = Enrolment(pool, settings, self._browser, self._challenges, self._notices)
        self.second = SecondFactor(settings, self._challenges, self._proofs)

    def step_up(self, identity: IdentityService) -> StepUp:
        """Return what says whether a session is proven."""
        ttl = self._settings.step_up_ttl
        return StepUp(self._pool, identity, self._challenges, self._proofs, ttl)

    def controllers(
        self, identity: IdentityService, sessions: Sessions, step_up: StepUp, cookie: RefreshCookie
    ) -> list[Any]:
        """Return the controllers, in the order of `PUBLISHED`."""
        sign_in = SignIn(self._pool, identity, self._challenges, self._proofs, self._enrolment)
        origin = self._browser.origin
        factors = FactorService(
            self._pool, sessions, self._enrolment, self._notices, self._settings, origin
        )
        return [
            SignInController(sign_in, cookie),
            FactorController(factors),
            StepUpController(step_up),
        ]
