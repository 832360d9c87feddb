import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Exchange, Request
from tesselle.connectors.sandbox.server import serve, serving
from tesselle.connectors.sandbox.tests.toy import TOY


class Driver:
    """Rules the served sandboxes, and speaks to the toy network as a connector would."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.session = aiohttp.ClientSession()
        self.transport = AiohttpTransport()

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        async with self.session.request(method, f"{self.base}/_sandbox/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post(self, text: str, token: str = "token-of-alice") -> Exchange:
        url = f"{self.base}/toy/posts"
        return await self.transport.exchange(
            Request("POST", url, {"Authorization": token}, text.encode(), deadline_seconds=5)
        )

    async def truth(self) -> list[str]:
        return [post["text"] for post in await self.ask("GET", "truth?network=toy")]

    async def close(self) -> None:
        await self.session.close()
        await self.transport.close()


@pytest.fixture
async def driver() -> AsyncIterator[Driver]:
    async with serving([TOY]) as house:
        driver = Driver(house.base)
        await driver.ask("POST", "accounts", {"network": "toy", "handle": "alice"})
        yield driver
        await driver.close()


async def test_an_account_is_opened_at_an_address_that_works_as_base_of_the_api(driver):
    account = await driver.ask("POST", "accounts", {"network": "toy", "handle": "bob", "name": "Bob"})

    exchange = await driver.post("Hello", account["answers"]["token"])

    assert account["server"] == f"{driver.base}/toy"
    assert exchange.response is not None
    assert exchange.response.mapping()["address"] == f"{driver.base}/toy/posts/1"


async def test_many_accounts_are_opened_in_one_request(driver):
    wanted = [{"network": "toy", "handle": f"shop{number}"} for number in range(3)]

    accounts = await driver.ask("POST", "accounts", wanted)

    assert [account["id"] for account in accounts] == ["shop0", "shop1", "shop2"]


async def test_an_answer_that_is_cut_leaves_the_post_in_the_truth(driver):
    fault = {"network": "toy", "operation": "create", "effect": "accept_cut", "account": "alice"}
    await driver.ask("POST", "faults", {**fault, "name": "cut after doing"})

    exchange = await driver.post("Hello")

    assert exchange.written
    assert exchange.response is None
    assert await driver.truth() == ["Hello"]
    assert await driver.ask("GET", "fired") == {"toy": {"cut after doing": 1}}
    assert await driver.ask("GET", "counts") == {"toy": 1}


async def test_a_fault_that_is_cleared_meets_nobody(driver):
    await driver.ask("POST", "faults", {"network": "toy", "operation": "create", "effect": "throttle"})
    await driver.ask("DELETE", "faults")

    exchange = await driver.post("Hello")

    assert exchange.response is not None
    assert exchange.response.ok


async def test_what_comes_late_is_counted_until_it_is_done(driver):
    fault = {"network": "toy", "operation": "create", "effect": "accept_late", "seconds": 0.3}
    await driver.ask("POST", "faults", fault)

    posting = asyncio.create_task(driver.post("Hello"))
    while (await driver.ask("GET", "late"))["toy"] == 0:
        assert not posting.done()

    assert await driver.truth() == []
    assert (await posting).response is None
    assert await driver.truth() == ["Hello"]
    assert await driver.ask("GET", "late") == {"toy": 0}


async def test_a_request_is_held_before_it_is_done_and_goes_on_when_released(driver):
    hold = await driver.ask("POST", "holds", {"network": "toy", "operation": "create"})
    posting = asyncio.create_task(driver.post("Hello"))

    seen = await driver.ask("GET", f"holds/{hold['id']}?network=toy&seconds=5")

    assert seen == {"reached": True}
    assert await driver.truth() == []
    await driver.ask("DELETE", f"holds/{hold['id']}?network=toy")
    assert (await posting).response is not None
    assert await driver.truth() == ["Hello"]


async def test_a_request_is_held_after_it_is_done_and_the_caller_may_die_meanwhile(driver):
    hold = await driver.ask("POST", "holds", {"network": "toy", "operation": "create", "moment": "after"})
    posting = asyncio.create_task(driver.post("Hello"))
    await driver.ask("GET", f"holds/{hold['id']}?network=toy&seconds=5")

    posting.cancel()

    assert await driver.truth() == ["Hello"]
    await driver.ask("DELETE", f"holds/{hold['id']}?network=toy")


async def test_a_held_request_can_be_thrown_away(driver):
    hold = await driver.ask("POST", "holds", {"network": "toy", "operation": "create"})
    posting = asyncio.create_task(driver.post("Hello"))
    await driver.ask("GET", f"holds/{hold['id']}?network=toy&seconds=5")

    await driver.ask("DELETE", f"holds/{hold['id']}?network=toy&drop=1")

    assert (await posting).response is None
    assert await driver.truth() == []


async def test_a_hold_lets_pass_what_it_was_told_to_skip(driver):
    hold = await driver.ask("POST", "holds", {"network": "toy", "operation": "create", "skip": 1})

    first = await driver.post("One")

    assert first.response is not None
    assert await driver.ask("GET", f"holds/{hold['id']}?network=toy") == {"reached": False}
    await driver.ask("DELETE", f"holds/{hold['id']}?network=toy")
    assert (await driver.post("Two")).response is not None


async def test_an_answer_takes_as_long_as_told(driver):
    loop = asyncio.get_running_loop()
    await driver.ask("PUT", "latency_ms", {"latency_ms": 200})

    start = loop.time()
    await driver.post("Hello")

    assert loop.time() - start >= 0.19


async def test_a_new_post_can_be_hidden_for_a_while(driver):
    await driver.ask("POST", "mood", {"network": "toy", "hide_new_for": 60})

    await driver.post("Hello")

    url = f"{driver.base}/toy/posts/1"
    exchange = await driver.transport.exchange(Request("GET", url))
    assert exchange.response is not None
    assert exchange.response.status == 404
    assert await driver.truth() == ["Hello"]


async def test_figures_are_given_to_a_post(driver):
    await driver.post("Hello")

    await driver.ask("POST", "figures", {"network": "toy", "post": "1", "figures": {"likes": 7}})

    posts = await driver.ask("GET", "truth?network=toy")
    assert posts[0]["figures"] == {"likes": 7}


async def test_a_driver_who_asks_nonsense_is_told_so(driver):
    url = f"{driver.base}/_sandbox/accounts"
    async with driver.session.post(url, json={"network": "nowhere", "handle": "a"}) as answer:
        assert answer.status == 404
    async with driver.session.post(url, json={"network": "toy"}) as answer:
        assert answer.status == 400


async def test_serving_goes_on_until_it_is_cancelled():
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(serve([TOY], 0, ready=told.set_result))
    driver = Driver(await told)

    assert await driver.ask("GET", "counts") == {"toy": 0}

    await driver.close()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
