"""The protocol's races as transcripts: each file in `transcripts/` is a story that the core tells word for
word.

A line that begins at the margin is what a vat does, the indented lines behind it are what follows: every
message sent, every call that arrives, every result. `REWRITE_TRANSCRIPTS=1` writes the files anew: commit
that only if you understand what caused it.
"""

import gc
import os
import re
import weakref
from pathlib import Path

import pytest
from core_vats import INTERFACE, SimLink, SimVat, cap_of, content

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


class Story:
    """Runs the commands of one transcript.

    connect A B [offering X]    a link; A offers its object X
    A: object X                 a new object of A
    A: P = promise              a promise made by A; `A: resolve P to X`, `A: break P`
    A: R = bootstrap B          B's bootstrap capability
    A: Q = call R foo [with X, Y]
    A: R = Q.0                  the capability in the first pointer of Q's results, now or later
    A: answer foo [with X, Y]   ends the oldest call of foo that waits at A; foo.0 is the capability in its
    first param A: tail foo to R bar        answers foo with whatever R answers bar with
    A: fail foo                 ends it with an exception
    A: cancel Q
    A: drop R
    A > B                       delivers the oldest message on its way
    A >> B                      delivers all that are on their way now
    run                         delivers everything
    cut A B                     the link is gone
    tables                      what is left in the tables
    """

    def __init__(self):
        self.lines = []
        self.vats = {}
        self.links = []
        self.refs = {}
        self.methods = []
        self.seen = weakref.WeakSet()

    def say(self, line):
        self.lines.append(line)

    def vat(self, name):
        if name not in self.vats:
            self.vats[name] = SimVat(name)
        return self.vats[name]

    def link(self, a, b):
        return self.vats[a].links[b]

    def method(self, name):
        if name not in self.methods:
            self.methods.append(name)
        return self.methods.index(name)

    def ref(self, vat, name):
        """A capability: a name, or the first param of a waiting call (foo.0)."""
        if (vat, name) in self.refs:
            return self.refs[vat, name]
        base, _, index = name.partition(".")
        return cap_of(self.waiting(vat, base).params, int(index))

    def waiting(self, vat, name):
        method = self.method(name)
        for call in self.vat(vat).inbox:
            if call.method_id == method and not call.done:
                return call
        raise LookupError(f"no call of {name} waits at {vat}")

    def run(self, command):
        self.lines = []
        for pattern, do in self.COMMANDS:
            match = re.fullmatch(pattern, command)
            if match:
                do(self, *match.groups())
                break
        else:
            raise ValueError(f"not a command: {command}")
        self.settle()
        return self.lines

    def settle(self):
        for link in self.links:
            link.pump()
        for vat in self.vats.values():
            vat.agenda.run()
            for call in vat.inbox:
                if call.params is None or call in self.seen:
                    continue
                self.seen.add(call)
                self.say(f"{vat.name}.{call.cap.server} gets {self.methods[call.method_id]}")
            for call in list(vat.inbox):
                if call.done:
                    vat.inbox.remove(call)
            while vat.dropped_objects:
                self.say(f"{vat.name}.{vat.dropped_objects.pop(0)} is released")

    def connect(self, a, b, offer):
        offers = {a: self.refs[a, offer]} if offer else {}
        link = SimLink(self.vat(a), self.vat(b), offers, log=self.say)
        link.names = lambda _, method: self.methods[method]
        self.links.append(link)

    def make_object(self, vat, name):
        self.refs[vat, name] = self.vat(vat).object(name)

    def make_promise(self, vat, name):
        self.refs[vat, name] = self.vat(vat).promise()

    def resolve(self, vat, name, target):
        self.refs[vat, name].resolve(self.ref(vat, target))

    def break_promise(self, vat, name):
        from wetware.capnp.core.answer import BrokenCap
        from wetware.capnp.exceptions import FailedError

        self.refs[vat, name].resolve(BrokenCap(FailedError("it broke")))

    def bootstrap(self, vat, name, other):
        self.refs[vat, name] = self.link(vat, other).connection(vat).bootstrap()

    def call(self, vat, name, target, method, caps):
        caps = [self.ref(vat, cap) for cap in caps.split(", ")] if caps else []
        answer = self.ref(vat, target).send(INTERFACE, self.method(method), content(*caps))
        self.refs[vat, name] = answer

        def told(answer):
            if answer.failure is None:
                self.say(f"{vat}: {name} has results")
            else:
                self.say(f"{vat}: {name} failed, {getattr(answer.failure, 'kind', '?')}: {answer.failure}")

        answer.listen(told)

    def pipeline(self, vat, name, question, index):
        self.refs[vat, name] = self.refs[vat, question].pipeline((int(index),))

    def answer(self, vat, method, caps):
        call = self.waiting(vat, method)
        caps = [self.ref(vat, cap) for cap in caps.split(", ")] if caps else []
        call.finish(content(*caps), None)

    def tail(self, vat, method, target, other):
        call = self.waiting(vat, method)
        call.tail_call(self.ref(vat, target), INTERFACE, self.method(other), content())
        call.cap = call.params = None

    def fail(self, vat, method):
        from wetware.capnp.exceptions import FailedError

        self.waiting(vat, method).finish(None, FailedError(f"{method} does not work"))

    def cancel(self, vat, name):
        self.refs[vat, name].cancel()

    def drop(self, vat, name):
        del self.refs[vat, name]

    def deliver(self, a, b):
        assert self.link(a, b).deliver(a), f"nothing is on its way from {a} to {b}"

    def deliver_all(self, a, b):
        for _ in range(len(self.link(a, b).ways[a])):
            self.link(a, b).deliver(a)

    def everything(self):
        busy = True
        while busy:
            busy = False
            for link in self.links:
                link.pump()
                for vat in link.vats:
                    busy = link.deliver(vat.name) or busy
            self.settle()

    def cut(self, a, b):
        link = self.link(a, b)
        link.cut()
        self.links.remove(link)

    def tables(self):
        for link in self.links:
            for vat in link.vats:
                found = link.tables(vat.name)
                shown = ", ".join(f"{count} {table}" for table, count in found.items())
                self.say(f"{vat.name} with {link.other(vat.name).name}: {shown or 'empty'}")

    N = r"([a-z]\w*)"
    COMMANDS = (
        (rf"connect {N} {N}(?: offering {N})?", connect),
        (rf"{N}: object {N}", make_object),
        (rf"{N}: {N} = promise", make_promise),
        (rf"{N}: resolve {N} to ([\w.]+)", resolve),
        (rf"{N}: break {N}", break_promise),
        (rf"{N}: {N} = bootstrap {N}", bootstrap),
        (rf"{N}: {N} = call ([\w.]+) {N}(?: with ([\w., ]+))?", call),
        (rf"{N}: {N} = {N}\.(\d)", pipeline),
        (rf"{N}: answer {N}(?: with ([\w., ]+))?", answer),
        (rf"{N}: tail {N} to ([\w.]+) {N}", tail),
        (rf"{N}: fail {N}", fail),
        (rf"{N}: cancel {N}", cancel),
        (rf"{N}: drop {N}", drop),
        (rf"{N} > {N}", deliver),
        (rf"{N} >> {N}", deliver_all),
        (r"run", everything),
        (rf"cut {N} {N}", cut),
        (r"tables", tables),
    )


@pytest.fixture(autouse=True)
def _no_collector():
    """What is released is released by its last reference, not by the collector."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_transcript(path):
    story = Story()
    told = []
    for line in path.read_text().splitlines():
        if line.startswith("  "):
            continue
        told.append(line)
        if line and not line.startswith("#"):
            try:
                told += [f"  {said}" for said in story.run(line)]
            except Exception as error:
                raise AssertionError(f"in {path.name}, at: {line}") from error
    text = "\n".join(told) + "\n"
    if os.environ.get("REWRITE_TRANSCRIPTS"):
        path.write_text(text)
    assert text == path.read_text()
