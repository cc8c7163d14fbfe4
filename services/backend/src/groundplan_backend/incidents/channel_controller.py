"""Routes of notification channels, for administrators."""

from typing import Final
from uuid import UUID

from groundplan_backend.audit.service import Actor
from groundplan_backend.errors import Conflict, PreconditionFailed
from groundplan_backend.http import precondition, reply
from groundplan_backend.http.exchange import Exchange
from groundplan_backend.http.operation import operation
from groundplan_backend.http.reply import Reply
from groundplan_backend.incidents import channel_schemas as schemas
from groundplan_backend.incidents.channel_service import ChannelService
from groundplan_contracts.identity import Role

_CHANNELS: Final = "/api/v1/incidents/channels"
_CHANNEL: Final = f"{_CHANNELS}/{{channel:uuid}}"


class ChannelController:
    """Answers for `/api/v1/incidents/channels`."""

    def __init__(self, service: ChannelService) -> None:
        self._service = service

    @operation(
        "GET",
        _CHANNELS,
        "List who is told of incidents",
        role=Role.ADMINISTRATOR,
        query=schemas.ChannelQuery,
        answer=schemas.ChannelPage,
    )
    async def list_channels(self, exchange: Exchange, query: schemas.ChannelQuery) -> Reply:
        """List by name."""
        return reply.json(await self._service.channels(query))

    @operation(
        "POST",
        _CHANNELS,
        "Create a channel",
        role=Role.ADMINISTRATOR,
        status=201,
        body=schemas.NewChannel,
        answer=schemas.Channel,
        errors=(Conflict,),
        idempotent=True,
    )
    async def create_channel(
        self, exchange: Exchange, body: schemas.NewChannel, key: str | None
    ) -> Reply:
        """Create; a URL is kept sealed and shown no more."""
        made = await self._service.create(body, key, Actor.of(exchange))
        return reply.json_bytes(made, status=201)

    @operation("GET", _CHANNEL, "Read a channel", role=Role.ADMINISTRATOR, answer=schemas.Channel)
    async def read_channel(self, exchange: Exchange, channel: UUID) -> Reply:
        """Read one."""
        return _versioned(await self._service.channel(channel))

    @operation(
        "PATCH",
        _CHANNEL,
        "Change a channel",
        role=Role.ADMINISTRATOR,
        body=schemas.ChannelChange,
        answer=schemas.Channel,
        errors=(Conflict, PreconditionFailed),
        reads=precondition.READS,
    )
    async def update_channel(
        self, exchange: Exchange, channel: UUID, body: schemas.ChannelChange
    ) -> Reply:
        """Change what is given."""
        return _versioned(
            await self._service.change(channel, body, exchange.headers, Actor.of(exchange))
        )

    @operation(
        "DELETE",
        _CHANNEL,
        "Delete a channel",
        role=Role.ADMINISTRATOR,
        status=204,
        errors=(PreconditionFailed,),
        reads=precondition.READS,
    )
    async def delete_channel(self, exchange: Exchange, channel: UUID) -> Reply:
        """Delete it with what waits for it."""
        await self._service.delete(channel, exchange.headers, Actor.of(exchange))
        return reply.empty()

    @operation(
        "POST",
        f"{_CHANNEL}/tests",
        "Send a channel a test",
        role=Role.ADMINISTRATOR,
        status=202,
        answer=schemas.Channel,
    )
    async def test_channel(self, exchange: Exchange, channel: UUID) -> Reply:
        """Queue a message that says that it is a test."""
        return reply.json(await self._service.test(channel, Actor.of(exchange)), status=202)


def _versioned(channel: schemas.Channel) -> Reply:
    return reply.json(channel, headers=[precondition.etag(channel.revision)])
