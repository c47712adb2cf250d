"""Nodes on several hosts: a network of the test's own, whose cables can be pulled."""

import json

import pytest
from network_namespaces import Network, why_not
from node_fleet import HELLO, SPIN, finish, until

WHY_NOT = why_not()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)


@pytest.fixture
def network(fleet):
    network = Network()
    yield network
    fleet.close()  # nothing may run on a host whose network is taken down
    network.close()


def start(fleet, host, *words):
    """A node on a host, which knows of the others only what the network tells it."""
    home = {"WW_RUNTIME": str(fleet.folder / host.name), "WW_DATA": fleet.env["WW_DATA"]}
    return fleet.start(*words, prefix=host.prefix, env=home)


def ww(fleet, host, *words, code=0):
    done = fleet.ww(*words, prefix=host.prefix, WW_RUNTIME=str(fleet.folder / host.name))
    assert done.returncode == code, (done.stdout, done.stderr)
    return done


def names(fleet, host):
    return {row["peer"] for row in json.loads(ww(fleet, host, "ls", "--json").stdout)["nodes"]}


@pytest.fixture
def lan(fleet, network):
    """Four hosts that hold one cluster key, and a node on each; nothing else is configured."""
    fleet.ww("cluster", "key", "create", code=0)
    hosts = network.add(4)
    nodes = [start(fleet, host) for host in hosts]
    fleet.meet(nodes)
    return list(zip(hosts, nodes, strict=True))


def test_hosts_of_one_network_find_each_other(fleet, lan):
    """By multicast alone; a program runs on each, started on one."""
    for host, _ in lan:
        assert names(fleet, host) == {node.peer for _, node in lan}
    done = ww(fleet, lan[0][0], "cluster", "run", "--spread", "4", str(HELLO))
    assert len({line.split(b":")[0] for line in done.stdout.splitlines()}) == 4


def test_a_network_falls_apart_and_heals(fleet, lan):
    """Both sides find the other one gone, and go on; healed, they are one cluster again."""
    (lone_host, lone), *others = lan
    lone_host.cut()
    for _, node in others:
        assert node.event("left", peer=lone.peer)["why"] in ("dead", "expired")
    for _, node in others:
        assert lone.ever("left", peer=node.peer)["why"] in ("dead", "expired")
    assert names(fleet, lone_host) == {lone.peer}
    assert names(fleet, others[0][0]) == {node.peer for _, node in others}
    lone_host.mend()
    for _, node in others:
        node.event("joined", peer=lone.peer)
    for _ in others:
        lone.event("joined")
    for host, _ in lan:
        assert len(names(fleet, host)) == 4
    # the others have never lost each other
    for _, node in others:
        assert {event["peer"] for event in node.told("left")} == {lone.peer}


def test_a_lost_cable_ends_what_ran_behind_it(fleet, lan):
    (host, _), (far_host, far), *_ = lan
    ww(fleet, host, "cluster", "run", "-d", "--on", far.short, str(SPIN))
    listed = json.loads(ww(fleet, host, "ps", "--json").stdout)["processes"]
    (row,) = listed
    waiting = fleet.command(
        "wait", row["process"], prefix=host.prefix, WW_RUNTIME=str(fleet.folder / host.name)
    )
    until(lambda: waiting.poll() is None)
    far_host.cut()
    code, _, _ = finish(waiting)
    assert code == 1
    far_host.mend()


def test_loss_of_packets_removes_nobody(fleet, lan):
    """A tenth of what each sends is lost, for as long as it takes to tell many beats: nobody is removed."""
    try:
        for host, _ in lan:
            host.lossy(10)
    except OSError as error:
        pytest.skip(f"packets cannot be lost here: {error}")
    late = start(fleet, lan[0][0], "--meta", "late=yes")
    fleet.meet([late, *(node for _, node in lan)])
    for node in (late, *(node for _, node in lan)):
        assert node.told("left") == []


def test_a_host_without_the_key_is_nobody(fleet, network, lan, tmp_path):
    """Another key, on the same network: neither side learns of the other one, named or not."""
    (stranger_host,) = network.add(1)
    other = tmp_path / "other"
    home = {"WW_RUNTIME": str(tmp_path / "other-run"), "WW_DATA": str(other)}
    fleet.ww("cluster", "key", "create", code=0, **home)
    member = lan[0][1]
    port = member.address.rpartition(":")[2]
    where = f"{lan[0][0].address}:{port}"
    stranger = fleet.start("--peer", where, prefix=stranger_host.prefix, env=home)
    done = fleet.ww("ls", "--peer", where, "--timeout", "3s", prefix=stranger_host.prefix, **home)
    assert done.returncode == 1
    assert where.encode() in done.stderr
    assert stranger.told("joined") == []
    for _, node in lan:
        assert len(node.told("joined")) == 3
