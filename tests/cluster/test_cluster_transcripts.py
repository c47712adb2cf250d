"""Plays transcripts: what nodes see and say, in simulated time, in a form that a person can read.

A file is a paragraph of `#` lines, then blocks: commands, `----`, what comes of them. The commands:

    cluster SEED            a new, empty cluster          start N [epoch=E]     node N; it calls node 0
    crash N, leave N        its end                       freeze N SECONDS      its machine stops
    cut A,B C,D [one-way]   between these nodes           heal
    slow A,B SECONDS        what a message costs them     lag         who says that it runs late, and how late
    run SECONDS             the events of that time       table N               whom N sees

WW_REWRITE=1 writes the expectations anew.
"""

import os
from pathlib import Path

import pytest
from cluster_simulation import World, peer_number

from wetware.cluster.messages import Left, Superseded, Updated

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


class Player:
    def play(self, lines):
        out = []
        for line in lines:
            name, *words = line.split()
            getattr(self, "do_" + name)(out, *words)
        return out or ["ok"]

    def name(self, peer):
        return next(f"n{n}" for n in range(20) if peer_number(n) == peer)

    def peers(self, words):
        return [peer_number(int(word)) for word in words.split(",")]

    def do_cluster(self, out, seed):
        self.world = World(int(seed))

    def do_start(self, out, number, epoch=None):
        self.world.start(int(number), epoch=epoch and int(epoch.partition("=")[2]))

    def do_crash(self, out, number):
        self.world.crash(peer_number(int(number)))

    def do_leave(self, out, number):
        node = self.world.nodes[peer_number(int(number))]
        self.world._carry_out(node, node.core.leave(node.clock(self.world)))
        self.world.crash(node.peer)

    def do_freeze(self, out, number, seconds):
        self.world.freeze(peer_number(int(number)), float(seconds))

    def do_cut(self, out, one, other, way=""):
        self.world.partition(self.peers(one), self.peers(other), both=not way)

    def do_heal(self, out):
        self.world.heal()

    def do_slow(self, out, numbers, seconds):
        for peer in self.peers(numbers):
            self.world.slow(peer, float(seconds))

    def do_lag(self, out):
        late = {self.name(peer): node.core.lag for peer, node in self.world.nodes.items() if node.core.lag}
        out.append(" ".join(f"{name} {lag}" for name, lag in sorted(late.items())) or "nobody is late")

    def do_run(self, out, seconds):
        before = len(self.world.events)
        self.world.run(float(seconds))
        for time, node, event in self.world.events[before:]:
            what = type(event).__name__.lower()
            detail = ""
            if isinstance(event, Left):
                detail = f" ({event.why})"
            if isinstance(event, Updated):
                detail = " (restarted)" if event.restarted else " (changed)"
            if isinstance(event, Superseded):
                out.append(f"{time:6.2f}  {self.name(node)}: superseded its own epoch with {event.epoch}")
            else:
                out.append(f"{time:6.2f}  {self.name(node)}: {self.name(event.peer)} {what}{detail}")

    def do_table(self, out, number):
        seen = sorted(self.name(peer) for peer in self.world.sees(peer_number(int(number))))
        out.append(f"n{number} sees {' '.join(seen)}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_transcript(path):
    head, *blocks = path.read_text().strip().split("\n\n")
    assert all(line.startswith("#") for line in head.splitlines()), "a transcript says what it shows"
    player, played = Player(), []
    for block in blocks:
        commands = block.split("\n----")[0]
        played.append(commands + "\n----\n" + "\n".join(player.play(commands.splitlines())))
    text = "\n\n".join([head, *played]) + "\n"
    if os.environ.get("WW_REWRITE"):
        path.write_text(text)
    assert text == path.read_text()


def test_there_are_transcripts():
    assert len(FILES) >= 6
