"""The terminal: who gets in, and what each account finds in its session."""

import asyncio

import pytest
from cluster_of_nodes import CAP, Idle, Place, all_see_all, until

from wetware.capnp.vat import Vat
from wetware.cluster.account import Account, log_in
from wetware.cluster.clusterkey import KeyRing
from wetware.cluster.dial import dial
from wetware.cluster.keyfile import ephemeral_key
from wetware.cluster.login import AccountSigner
from wetware.cluster.policy import Grant, Policy
from wetware.cluster.tls import Tls, channel_of
from wetware.errors import LocalError, RemoteError, WetwareError
from wetware.schema.cluster_capnp import Signer, Signer_Server
from wetware.schema.core_capnp import Terminal
from wetware.services.client import connect
from wetware.services.cluster import Cluster

ANNA, BERT, CARL = ephemeral_key(), ephemeral_key(), ephemeral_key()


@pytest.fixture
async def place(tmp_path):
    async with Place(tmp_path) as place:
        yield place


def client(place, key, **options):
    return connect(**{"runtime": place.runtime, "key": key, "timeout": CAP, **options})


async def at_the_terminal(stack_vat, place, node, key):
    """A connection of `key` to a node, and the node's terminal."""
    ring = KeyRing([place.runtime.key()])
    secured = await dial(node.address, Tls(key), ring, "ww")
    connection = stack_vat.adopt(secured.transport, bytes(secured.received))
    return connection, connection.bootstrap(Terminal)


class Named(Signer_Server):
    """Something to be granted."""

    async def sign(self, *, challenge, context):
        return {"signed": b"here"}


async def test_everything_by_default(place):
    node = await place.start()
    node.extras["thing"] = lambda account: Named()
    async with client(place, ANNA) as found:
        session = found.session
        assert session.local.peer == str(node.me)
        assert session.local.server == node.server
        assert session.local.host == node.host
        assert session.view
        assert session.exec
        assert [extra.name for extra in session.extra] == ["peering", "pubsub", "relay", "thing"]


POLICY = f"""
[login]
policy = "only"
grant = ["view"]

[accounts."{ANNA.peer}"]
grant = ["exec", "thing"]

[accounts."{BERT.peer}"]
"""


async def test_a_policy_narrows_the_session(place):
    asked = []

    def thing(account):
        asked.append(account)
        return Named()

    node = await place.start(policy=Policy.parse(POLICY))
    node.extras["thing"] = thing
    async with client(place, ANNA) as found:
        assert found.session.exec
        assert not found.session.view
        assert asked == [ANNA.peer]
        assert bytes((await found.session.extra[0].client._as(Signer).sign()).signed) == b"here"
    async with client(place, BERT) as found:
        assert not found.session.exec
        assert found.session.view
        assert len(found.session.extra) == 0
    with pytest.raises(RemoteError, match=f"the account {CARL.peer} may not log in here"):
        async with client(place, CARL):
            pass


async def test_nobody_else_is_accepted(place):
    """A signature of a key that is not the one at the other end; and no signer at all."""
    node = await place.start()
    async with Vat() as vat:
        connection, terminal = await at_the_terminal(vat, place, node, ANNA)

        class Other(Signer_Server):
            async def sign(self, *, challenge, context):
                channel = channel_of(connection)
                signed = AccountSigner(ANNA, channel).sign(bytes(challenge))
                return {"signed": signed[:-1] + bytes([signed[-1] ^ 1])}

        with pytest.raises(RemoteError, match="no signed challenge"):
            await terminal.login(account=Other())
        with pytest.raises(RemoteError, match="takes an account"):
            await terminal.login(account=None)
        session = await log_in(connection, ANNA)  # and a right one still gets in
        assert session.exec


async def test_a_rogue_node_cannot_pass_a_login_on(tmp_path, place):
    """A node of the cluster that an account logs in at wants to be that account at another node."""
    node, rogue = await place.start(), await place.start()
    await all_see_all([node, rogue])
    async with Vat() as vat, Vat() as rogue_vat:
        connection, _ = await at_the_terminal(vat, place, rogue, ANNA)
        _, terminal = await at_the_terminal(rogue_vat, place, node, rogue.key)
        stories = []

        class Relay(Signer_Server):
            """Has the account sign what the other node asks the rogue."""

            async def sign(self, *, challenge, context):
                account = Account(AccountSigner(ANNA, channel_of(connection)))
                try:
                    return await account.sign(challenge=challenge, context=None)
                except RemoteError as error:
                    stories.append(str(error))
                    raise

        with pytest.raises(RemoteError, match="passed on"):
            await terminal.login(account=Relay())
        assert len(stories) == 1


async def test_an_account_that_does_not_sign(place, monkeypatch):
    monkeypatch.setattr("wetware.services.terminal.LOGIN_TIMEOUT", 0.05)
    node = await place.start()

    class Silent(Signer_Server):
        async def sign(self, *, challenge, context):
            await asyncio.Event().wait()

    async with Vat() as vat:
        _, terminal = await at_the_terminal(vat, place, node, ANNA)
        with pytest.raises(RemoteError, match="did not sign in time"):
            await terminal.login(account=Silent())


async def test_many_logins_of_one_connection(place):
    node = await place.start()
    gate = asyncio.Event()

    class Slow(Signer_Server):
        async def sign(self, *, challenge, context):
            await gate.wait()

    async with Vat() as vat:
        _, terminal = await at_the_terminal(vat, place, node, ANNA)
        calls = [terminal.login(account=Slow()) for _ in range(6)]

        async def outcome(call):
            try:
                await call
            except WetwareError as error:
                return str(error)

        tasks = [asyncio.ensure_future(outcome(call)) for call in calls]
        await until(lambda: sum(task.done() for task in tasks) == 2)
        gate.set()
        stories = [await task for task in tasks]
        assert sum("wait for their signatures" in story for story in stories) == 2
        assert sum("did not sign" in story for story in stories) == 4


async def test_what_a_node_does_not_accept():
    for options, story in (
        ({"ns": ""}, "a namespace has"),
        ({"ns": "a\nb"}, "a namespace has"),
        ({"listen": "nowhere"}, "without a cluster key"),
        ({"peers": ["1.2.3.4"]}, "no address"),
        ({"runtime": False}, "needs a cluster key"),
    ):
        with pytest.raises(LocalError, match=story):
            async with Cluster(Idle(), **options):
                pass


def test_grants_are_by_name():
    assert "exec" in Grant(everything=True)
    assert "exec" not in Grant(frozenset({"view"}))
