"""The connector over real HTTP: Rest.li's encoded URNs must arrive as they were built."""

from pathlib import Path

from tesselle.connectors.api import MemorySession
from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.oauth2 import account_with
from tesselle.connectors.sandbox.server import serving
from tesselle.connectors.tests.stage import Clock, open_stage
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Present
from tesselle.networks import plugin
from tesselle.networks.linkedin.sandbox import SANDBOX


async def test_a_post_with_a_picture_goes_out_is_found_read_back_and_counted(tmp_path: Path):
    stage = await open_stage(plugin("linkedin"), tmp_path)
    transport = AiohttpTransport()
    async with serving([SANDBOX]) as house:
        base = f"{house.base}/linkedin"
        network = house.served["linkedin"].network
        opened = await SANDBOX.open_account(network, base, "dubois", "Dubois SA")
        stage.transport, stage.session, stage.opened = transport, MemorySession({}), opened
        stage.account = (
            await stage.plugin.connector.identify(
                opened.answers, stage.api(account_with(opened.answers, base))
            )
        ).account
        stage.clock = Clock(network.clock())

        call = await stage.prepared(stage.step(Content(text="Prix (TTC)", media=(stage.image(),))))
        verdict = await stage.send(call)
        (candidate,) = await stage.found(call)
        presence = await stage.verify(verdict.remote)
        figures = await stage.plugin.connector.post_figures((verdict.remote,), stage.api())
        replies = await stage.plugin.connector.replies(verdict.remote, stage.api())
    await transport.close()

    assert candidate.remote == verdict.remote
    assert isinstance(presence, Present)
    assert [one.remote_id for one in figures] == [verdict.remote.id]
    assert replies == ()
