"""Sockets of a node, and the addresses that it tells."""

import socket

import pytest

from wetware.cluster.addresses import Address, is_loopback
from wetware.cluster.ports import bind_pair, reachable_hosts, resolved
from wetware.errors import LocalError


async def test_both_have_one_port():
    stream, datagram = await bind_pair(Address("127.0.0.1", 0))
    with stream, datagram:
        assert stream.getsockname() == datagram.getsockname()
        port = stream.getsockname()[1]
        with pytest.raises(LocalError, match="Address already in use"):
            await bind_pair(Address("127.0.0.1", port))
    stream, datagram = await bind_pair(Address("localhost", port))
    stream.close()
    datagram.close()


async def test_another_port_where_one_of_both_is_taken(monkeypatch):
    """The system chooses a port that is free for TCP; for UDP somebody may have it."""
    taken = []

    class Taken(socket.socket):
        def bind(self, address):
            if self.type == socket.SOCK_DGRAM and len(taken) < 3:
                taken.append(address[1])
                raise OSError(98, "Address already in use")
            super().bind(address)

    monkeypatch.setattr("socket.socket", Taken)
    stream, datagram = await bind_pair(Address("127.0.0.1", 0))
    with stream, datagram:
        assert len(taken) == 3
        assert stream.getsockname()[1] == datagram.getsockname()[1]


async def test_what_cannot_be_bound():
    with pytest.raises(LocalError, match=r"cannot listen on 192\.0\.2\.77:0"):
        await bind_pair(Address("192.0.2.77", 0))
    with pytest.raises(LocalError, match=r"cannot listen on no-such-name\.invalid:0"):
        await bind_pair(Address("no-such-name.invalid", 0))


async def test_names_are_resolved_once():
    assert await resolved(Address("10.0.0.1", 5)) == Address("10.0.0.1", 5)
    found = await resolved(Address("localhost", 5))
    assert found.port == 5
    assert is_loopback(found.host)
    assert found.is_numeric
    with pytest.raises(LocalError, match=r"cannot find no-such-name\.invalid"):
        await resolved(Address("no-such-name.invalid", 5))


def test_what_others_are_told():
    """Addresses that can be reached, never the wildcard; loopback only where there is nothing else."""
    for wildcard in ("0.0.0.0", "::"):
        hosts = reachable_hosts(wildcard)
        assert 1 <= len(hosts) <= 8
        assert len(set(hosts)) == len(hosts)
        for host in hosts:
            assert (":" in host) == (":" in wildcard)
            assert not Address(host, 0).is_wildcard
        assert len(hosts) == 1 or not any(map(is_loopback, hosts))


def test_nothing_but_loopback(monkeypatch):
    monkeypatch.setattr("wetware.cluster.ports._of_interfaces", lambda family: ["127.0.0.1"])
    monkeypatch.setattr("wetware.cluster.ports._ELSEWHERE", ())
    assert reachable_hosts("0.0.0.0") == ["127.0.0.1"]
    assert reachable_hosts("0.0.0.0", ["127.0.0.1", "name.invalid"]) == ["127.0.0.1"]


def test_many_networks(monkeypatch):
    monkeypatch.setattr(
        "wetware.cluster.ports._of_interfaces", lambda family: [f"10.0.0.{n}" for n in range(50)] * 2
    )
    monkeypatch.setattr("wetware.cluster.ports._ELSEWHERE", ())
    assert reachable_hosts("0.0.0.0") == [f"10.0.0.{n}" for n in range(8)]
