"""Vats without I/O for the tests of the core: links that deliver when told, objects that answer when told."""

from collections import deque

from wetware.capnp.builder import StructBuilder
from wetware.capnp.core.agenda import Agenda
from wetware.capnp.core.connection import promise
from wetware.capnp.core.local import LocalCap
from wetware.capnp.core.peer import Peer
from wetware.capnp.core.trace import describe
from wetware.capnp.framing import Framer
from wetware.capnp.message import MessageBuilder
from wetware.capnp.reader import StructReader

INTERFACE = 0xE


def content(*caps, text=""):
    """A message whose root has one pointer for each capability, and one more for a text."""

    class Root(StructBuilder):
        __slots__ = ()
        _size = (0, len(caps) + 1)

    message = MessageBuilder()
    root = message.init_root(Root)
    for index, cap in enumerate(caps):
        root._set_cap(index * 8, cap)
    if text:
        root._set_text(len(caps) * 8, text)
    return message


def text_of(received, caps=0):
    return received.reader().root(StructReader)._text(caps * 8)


def cap_of(received, index):
    return received.reader().root(StructReader)._cap(index * 8)


class SimVat:
    """A vat whose objects put every call into `inbox`."""

    def __init__(self, name):
        self.name = name
        self.agenda = Agenda()
        self.inbox = deque()
        self.dropped_objects = []
        self.links = {}

    # the core's Host

    def start(self, call):
        if not call.done:
            self.inbox.append(call)

    def dropped(self, server):
        self.dropped_objects.append(server)

    def object(self, name):
        return LocalCap(name, self)

    def promise(self):
        return promise(self.agenda)


class SimLink:
    """A connection of two vats; messages wait on either side until they are delivered."""

    def __init__(self, a, b, offers=None, log=None, **options):
        offers = offers or {}
        self.vats = (a, b)
        self.peers = {}
        self.ways = {}
        self.log = log
        self.names = None
        for vat, other in ((a, b), (b, a)):
            offer = offers.get(vat.name)
            self.peers[vat.name] = Peer(vat.agenda, lambda cap=offer: cap, **options)
            self.ways[vat.name] = deque()
            vat.links[other.name] = self
        self._framers = {vat.name: Framer() for vat in self.vats}

    def other(self, name):
        a, b = self.vats
        return b if a.name == name else a

    def pump(self):
        """Let both vats do what is due, and put what they send onto the link, message by message."""
        for vat in self.vats:
            vat.agenda.run()
            data = self.peers[vat.name].take_bytes()
            at = 0
            while at < len(data):
                size = frame_size(data, at)
                message = data[at : at + size]
                self.ways[vat.name].append(message)
                if self.log is not None:
                    self.log(f"{vat.name} → {self.other(vat.name).name}: {describe(message, self.names)}")
                at += size

    def deliver(self, name):
        """Deliver the oldest message that the vat `name` has sent; whether there was one."""
        if not self.ways[name]:
            return False
        message = self.ways[name].popleft()
        self.peers[self.other(name).name].feed(message)
        self.pump()
        return True

    def settle(self):
        """Deliver everything."""
        self.pump()
        while any(self.deliver(vat.name) for vat in self.vats):
            pass

    def cut(self):
        for vat in self.vats:
            self.ways[vat.name].clear()
            self.peers[vat.name].end("the link was cut")
            self.peers[vat.name].take_bytes()

    def connection(self, name):
        return self.peers[name].connection

    def tables(self, name):
        c = self.connection(name)
        sizes = {
            "questions": len(c.questions.entries),
            "answers": len(c.answers.entries),
            "imports": len(c.imports.entries),
            "exports": len(c.exports.entries),
            "embargoes": len(c.embargoes.entries),
        }
        return {table: size for table, size in sizes.items() if size}


def frame_size(data, at=0):
    last = int.from_bytes(data[at : at + 4], "little")
    words = sum(int.from_bytes(data[at + 4 + 4 * i : at + 8 + 4 * i], "little") for i in range(last + 1))
    return ((8 + 4 * (last + 1)) & ~7) + 8 * words
