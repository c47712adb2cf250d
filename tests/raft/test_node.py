"""A member as a program sees it, over ports in memory."""

import asyncio

import pytest

from node_group import group_of, until


async def test_a_put_is_committed_and_applied_everywhere():
    async with group_of(1, 2, 3) as group:
        assert await group.nodes[1].put(b"key", b"value") == b""
        for node in group.nodes.values():
            assert await node.get(b"key") == b"value"
