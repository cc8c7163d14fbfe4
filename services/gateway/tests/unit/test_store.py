import asyncio
import contextlib

import hiredis
import msgspec
import pytest

from groundplan_contracts.refusals import Refusal
from groundplan_gateway import decide, store
from groundplan_gateway.decide import Answer
from groundplan_gateway.metrics import Metrics


class Redis:
    """Speaks just enough of Redis's protocol; `answer` decides what a call of the script gets."""

    def __init__(self):
        self.calls = []
        self.others = []
        self.answer = well
        self.is_silent = False
        self.writers = set()

    async def serve(self, reader, writer):
        """Answer the commands of one connection."""
        self.writers.add(writer)
        parser = hiredis.Reader()
        with contextlib.suppress(ConnectionError):
            while piece := await reader.read(65536):
                parser.feed(piece)
                while (command := parser.gets()) is not False:
                    if not self.is_silent:
                        writer.write(self._reply(command))

    def _reply(self, command):
        if command[0] not in (b"EVAL", b"EVALSHA"):
            self.others.append(command)
            return b"+OK\r\n"
        checks = int(command[2]) // 2
        if checks == 0:
            return b"*0\r\n"
        self.calls.append(command)
        return self.answer(checks)


def well(checks):
    return b"*%d\r\n" % (5 * checks) + b":1\r\n:1\r\n:4\r\n:7100\r\n:0\r\n" * checks


@pytest.fixture
async def redis():
    """A Redis that does as the test says."""
    return Redis()


@pytest.fixture
async def opened(redis):
    """A store that has found it."""
    server = await asyncio.start_server(redis.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    made = store.Store(f"redis://127.0.0.1:{port}", 0.05, Metrics())
    await made.start()
    await eventually(lambda: made.is_well)
    yield made
    await made.close()
    server.close()


@pytest.fixture
def asked(rules, viewer):
    """What is asked about a signed-in caller."""
    return decide.question(rules.find("/api/v1/x"), "GET", viewer, "192.0.2.1")


async def eventually(condition):
    async with asyncio.timeout(3):
        while not condition():
            await asyncio.sleep(0.01)


async def test_an_answer_comes_back(opened, asked):
    """What Redis says comes back, with milliseconds as whole seconds."""
    assert Answer(True, True, 4, 8) == await opened.ask(asked)


async def test_checks_that_wait_go_together(opened, asked, redis):
    """Checks that arrive while a call is under way are answered by the next one call."""
    first = asyncio.create_task(opened.ask(asked))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    answers = await asyncio.gather(first, *(opened.ask(asked) for _ in range(50)))
    assert {Answer(True, True, 4, 8)} == set(answers)
    assert 2 >= len(redis.calls)


async def test_what_asks_nothing_costs_nothing(opened, rules, redis):
    """Where neither session nor limit matters Redis is not asked."""
    free = decide.question(rules.find("/api/docs"), "GET", None, "192.0.2.1")
    assert (await opened.ask(free)).is_within
    assert [] == redis.calls


async def test_an_unknown_script_is_told(opened, asked, redis):
    """A Redis that does not know the script is told it, and nobody notices."""

    def forgetful(checks):
        redis.answer = well
        return b"-NOSCRIPT No matching script\r\n"

    redis.answer = forgetful
    assert Answer(True, True, 4, 8) == await opened.ask(asked)
    assert b"EVAL" == redis.calls[-1][0]


async def test_an_error_opens_the_circuit(opened, asked, redis):
    """When Redis refuses, everybody is told at once that it is out."""
    redis.answer = lambda _: b"-OOM no memory\r\n"
    assert [None, None] == await asyncio.gather(opened.ask(asked), opened.ask(asked))
    assert not opened.is_well


async def test_silence_opens_the_circuit(opened, asked, redis):
    """When Redis is silent nobody waits longer than the timeout, and the next do not wait."""
    waits, loop = [], asyncio.get_running_loop()
    for _ in range(3):
        redis.is_silent = True
        began = loop.time()
        assert await opened.ask(asked) is None
        waits.append(loop.time() - began)
        with pytest.raises(StopIteration) as at_once:
            opened.ask(asked).send(None)
        assert at_once.value.value is None
        redis.is_silent = False
        await eventually(lambda: opened.is_well)
    # The second of three, as this machine may stall once.
    assert sorted(waits)[1] < 0.2


async def test_the_circuit_closes_again(opened, asked, redis):
    """Once Redis answers probes again, checks are decided by it again."""
    redis.is_silent = True
    assert await opened.ask(asked) is None
    redis.is_silent = False
    await eventually(lambda: opened.is_well)
    assert Answer(True, True, 4, 8) == await opened.ask(asked)


async def test_a_lost_connection_opens_the_circuit(opened, asked, redis):
    """A connection that breaks is noticed without a check."""
    for writer in redis.writers:
        writer.close()
    await eventually(lambda: not opened.is_well)
    await eventually(lambda: opened.is_well)
    assert Answer(True, True, 4, 8) == await opened.ask(asked)


async def test_nobody_there_is_no_error():
    """A store starts without Redis, and says that it is out."""
    made = store.Store("redis://127.0.0.1:1", 0.05, Metrics())
    await made.start()
    assert not made.is_well
    await made.close()


async def test_a_refusal_is_left_in_a_list_that_stays_short(opened, asked, redis):
    """Nobody waits for it, and checks go on being answered in their order."""
    refusal = Refusal("eve", "192.0.2.1", "an-id", "POST", "/api/v1/x", 403, "forbidden")
    opened.tell(refusal)
    assert (await opened.ask(asked)).is_alive
    pushed, trimmed = redis.others[-2:]
    assert [b"LPUSH", b"groundplan:refusals"] == pushed[:2]
    assert refusal == msgspec.json.decode(pushed[2], type=Refusal)
    assert [b"LTRIM", b"groundplan:refusals", b"0", b"999"] == trimmed


async def test_without_redis_a_refusal_is_lost_and_nothing_else(opened, redis):
    """The log has it."""
    await opened.close()
    opened.tell(Refusal("eve", "", "", "POST", "/", 403, "forbidden"))
    assert not [command for command in redis.others if command[0] == b"LPUSH"]
