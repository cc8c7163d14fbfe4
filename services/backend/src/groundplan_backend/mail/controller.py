"""The route of the mails that one machine keeps in a folder instead of sending them."""

from groundplan_backend.errors import NotFound
from groundplan_backend.http import reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.mail import schemas
from groundplan_backend.mail.folder import Folder
from groundplan_contracts.identity import Role


class MailController:
    """Answers for `/api/v1/mails`."""

    def __init__(self, folder: Folder | None) -> None:
        self._folder = folder

    @operation(
        "GET",
        "/api/v1/mails",
        "List the mails in the folder",
        role=Role.ADMINISTRATOR,
        query=schemas.MailQuery,
        answer=schemas.MailPage,
        errors=(NotFound,),
    )
    async def list_mails(self, exchange: Exchange, query: schemas.MailQuery) -> Reply:
        """List the latest first; where mails are really sent there is nothing to list."""
        if self._folder is None:
            raise NotFound("mails are not kept in a folder here")
        mails = await self._folder.latest(query.limit)
        return reply.json(schemas.MailPage(items=mails, next=None))
