"""Members in processes of their own, killed without warning while clients write."""

import asyncio

from node_group import until
from node_processes import processes


async def write_until(done, client, name, acknowledged):
    """Put distinct keys and add to a counter, each time after the one before was acknowledged."""
    number = 0
    while not done.is_set():
        number += 1
        key = b"%s/%d" % (name, number)
        await client.put(key, b"%d" % number, timeout=60)
        acknowledged[key] = b"%d" % number
        await client.put(b"+" + name, b"1", timeout=60)
        acknowledged[b"+" + name] = b"%d" % number


async def test_no_acknowledged_write_is_lost_and_each_is_done_once_when_leaders_are_killed(tmp_path):
    async with processes(tmp_path, 1, 2, 3) as group:
        done, acknowledged = asyncio.Event(), {}
        clients = [group.client(1, 2, 3, attempt=2.0) for _ in range(4)]
        async with asyncio.TaskGroup() as tasks:
            for number, client in enumerate(clients):
                tasks.create_task(write_until(done, client, b"w%d" % number, acknowledged))
            for _ in range(2):
                leader, before = await group.leader(), len(acknowledged)
                await until(lambda before=before: len(acknowledged) > before + 50)
                await group.kill(leader)
                before = len(acknowledged)
                assert await group.leader() != leader
                await until(lambda before=before: len(acknowledged) > before + 50)
                await group.start(leader)
            done.set()
        for member in (1, 2, 3):
            raft = await group.member(member)
            objects = (await raft.items()).objects
            assert {bytes(one.key): bytes(one.value) for one in objects} == acknowledged


async def test_everything_is_there_after_all_were_killed_at_once(tmp_path):
    async with processes(tmp_path, 1, 2, 3, more=["--snapshot-bytes", "4000"]) as group:
        client = group.client(1, 2, 3)
        for number in range(120):
            await client.put(b"%d" % (number % 50), b"%d" % number)
        for member in (1, 2, 3):
            await group.kill(member)
        await group.start(1, 2, 3)
        for number in range(70, 120):
            assert await client.get(b"%d" % (number % 50), timeout=60) == b"%d" % number
        await client.put(b"more", b"1")


async def test_five_join_at_once_and_one_late_after_compaction(tmp_path):
    async with processes(tmp_path, 1, more=["--snapshot-bytes", "20000", "--keep-entries", "5"]) as group:
        client = group.client(1)
        await client.put(b"first", b"1")
        await group.start(2, 3, 4, 5, 6)
        first = await group.member(1)
        await asyncio.gather(*[first.add(node=await group.member(one)) for one in range(2, 7)])
        assert list((await first.members()).ids) == [1, 2, 3, 4, 5, 6]
        for number in range(60):
            await client.put(b"%d" % (number % 10), b"x" * 1000)
        while (await first.status()).status.first_index < 30:  # noqa: ASYNC110 - nothing tells when it is
            await asyncio.sleep(0.01)
        await group.kill(6)
        await first.remove_id(id=6)
        await group.start(7)
        await first.add(node=await group.member(7))
        late = await group.member(7)
        objects = (await late.items()).objects
        assert {bytes(one.key): len(one.value) for one in objects} == {b"first": 1} | {
            b"%d" % number: 1000 for number in range(10)
        }
        status = (await late.status()).status
        assert status.first_index >= 30
        assert list(status.voters) == [1, 2, 3, 4, 5, 7]
