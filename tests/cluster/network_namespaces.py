"""Hosts of a small network that exists for one test: network namespaces on a bridge, with cables to pull.

The bridge stands in a namespace of its own, so that nothing of the machine's own network is touched. It takes
the rights to make namespaces (root, or CAP_SYS_ADMIN and CAP_NET_ADMIN) and `ip` of iproute2.
"""

import os
import secrets
import shutil
import subprocess

__all__ = ["Host", "Network", "why_not"]


def ip(*words, check=True):
    done = subprocess.run(["ip", *words], capture_output=True, text=True, timeout=30, check=False)
    if check and done.returncode:
        raise OSError(f"ip {' '.join(words)}: {done.stderr.strip()}")
    return done


def why_not():
    """Why no network can be made here; empty where one can."""
    if shutil.which("ip") is None:
        return "there is no `ip` (iproute2) on this machine"
    name = f"ww{secrets.token_hex(3)}"
    try:
        network = Network(name)
        network.close()
    except OSError as error:
        return f"network namespaces cannot be made here: {error}"
    return ""


class Host:
    """One host.

    Attributes:
        prefix: what to put before a command that is to run on it.
        address: its address in the network.
    """

    def __init__(self, network, number):
        self.name = f"{network.name}h{number}"
        self.address = f"10.77.0.{number}"
        self.prefix = ("ip", "netns", "exec", self.name)
        self._network = network
        self._port = f"p{number}"
        ip("netns", "add", self.name)
        ip(
            *("link", "add", "eth0", "netns", self.name, "type", "veth"),
            *("peer", "name", self._port, "netns", network.switch),
        )
        self._inside("link", "set", "lo", "up")
        self._inside("addr", "add", f"{self.address}/24", "brd", "+", "dev", "eth0")
        self._inside("link", "set", "eth0", "up")
        network.inside("link", "set", self._port, "master", "bridge")
        network.inside("link", "set", self._port, "up")
        # multicast needs a way out, which no host of this network has by default
        self._inside("route", "add", "default", "dev", "eth0")

    def _inside(self, *words):
        ip("-n", self.name, *words)

    def cut(self):
        """Pull its cable at the bridge: the host itself sees nothing of it."""
        self._network.inside("link", "set", self._port, "down")

    def mend(self):
        """Put it back."""
        self._network.inside("link", "set", self._port, "up")

    def lossy(self, percent):
        """Lose that share of what it sends. Raises `OSError` where `tc` cannot."""
        done = subprocess.run(
            [
                *self.prefix,
                "tc",
                "qdisc",
                "replace",
                "dev",
                "eth0",
                "root",
                "netem",
                "loss",
                f"{percent}%",
            ],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        if done.returncode:
            raise OSError(f"tc: {done.stderr.strip()}")


class Network:
    """A bridge, and the hosts on it, until it is closed."""

    def __init__(self, name=None):
        self.name = name or f"ww{os.getpid()}{secrets.token_hex(2)}"
        self.switch = f"{self.name}sw"
        self.hosts = []
        ip("netns", "add", self.switch)
        try:
            self.inside("link", "add", "bridge", "type", "bridge", "forward_delay", "0")
            self.inside("link", "set", "bridge", "up")
            # a bridge that listens for who wants which group forgets hosts that have just come
            self.inside("link", "set", "bridge", "type", "bridge", "mcast_snooping", "0")
        except OSError:
            self.close()
            raise

    def inside(self, *words):
        """`ip` where the bridge is."""
        ip("-n", self.switch, *words)

    def add(self, count):
        """More hosts."""
        for _ in range(count):
            self.hosts.append(Host(self, len(self.hosts) + 1))
        return self.hosts[-count:]

    def close(self):
        """Take it all down; whatever runs on a host has to have ended."""
        for host in self.hosts:
            ip("netns", "del", host.name, check=False)
        ip("netns", "del", self.switch, check=False)
