"""Two nodes and what is between them, in steps that come in any order: for the simulation of links.

Messages of one connection and direction arrive in order; all else may take any time: a cut connection is
noticed at either end sooner or later, what waits for an answer goes on some time after it has come, a process
that is to end does so later.
"""

import random
from collections import deque
from dataclasses import dataclass, field
from itertools import count

from wetware.services.pairs import Answer, End, Join, Pairs, Part, Undo

OTHER = {"O": "N", "N": "O"}
"""O decides, N follows."""


@dataclass(eq=False)
class Connection:
    """One connection.

    Attributes:
        queues: what is on its way, by the node that it goes to.
        lost: which of the nodes have noticed that it is lost.
        cut: whether it is.
        calls: by the caller: what goes on with the answer, or with None for its loss.
    """

    queues: dict = field(default_factory=lambda: {"O": deque(), "N": deque()})
    lost: set = field(default_factory=set)
    cut: bool = False
    calls: dict = field(default_factory=lambda: {"O": {}, "N": {}})


@dataclass(eq=False)
class Asked:
    """Somebody has asked for something; when, when it was done in the order of the pair, when he knew."""

    pair: tuple
    linked: bool
    begun: int
    connection: Connection | None = None
    call: int = 0
    done: int | None = None
    known: int | None = None


class TwoNodes:
    """The two, and everything that may happen next.

    Attributes:
        halves: of each node: of each pair, the number of the half and the connection that carries the other.
        state: of each process: live, ending, ended.
        fate: of each pair: whether it was linked at last; None where the connection was lost meanwhile.
    """

    def __init__(self, seed, *, refusals=0.0):
        self.rng = random.Random(seed)
        self.refusals = refusals
        self.clock = count(1)
        self.numbers = count(1)
        self.core = Pairs()
        self.state = dict.fromkeys(("O1", "O2", "N1", "N2"), "live")
        self.fate = {}
        self.halves = {"O": {}, "N": {}}
        self.watches = {"O": {}, "N": {}}  # number: (name, connection)
        self.watched = {"O": {}, "N": {}}  # name: [(connection, number)]
        self.later = []
        self.connections = []
        self.current = {}
        self.asked = []

    # --- what may happen next ---
    def next(self):
        """Do one thing of all that could happen now; whether there was any."""
        things = list(self.later)
        for c in self.connections:
            for node in ("O", "N"):
                if c.queues[node] and node not in c.lost:
                    things.append((self._deliver, c, node))
                if c.cut and node not in c.lost:
                    things.append((self._notice, c, node))
        if not things:
            return False
        thing = self.rng.choice(things)
        if thing in self.later:
            self.later.remove(thing)
        thing[0](*thing[1:])
        return True

    def _deliver(self, c, node):
        kind, *rest = c.queues[node].popleft()
        getattr(self, f"_on_{kind}")(c, node, *rest)

    def _notice(self, c, node):
        c.lost.add(node)
        for goes_on in c.calls[node].values():
            self.later.append((goes_on, None))
        c.calls[node].clear()
        for number, (name, over) in list(self.watches[node].items()):
            if over is c:
                self.later.append((self._foreign_ended, node, name, number))
        if node == "O":
            for asked in self.asked:
                if asked.connection is c:  # whoever called is gone, and so is the call
                    self.core.withdraw(asked.pair, asked)

    # --- messages ---
    def send(self, c, node, *message):
        if not c.cut:
            c.queues[OTHER[node]].append(message)

    def call(self, c, node, goes_on, kind, *rest):
        number = next(self.numbers)
        if node in c.lost:
            self.later.append((goes_on, None))
            return number
        c.calls[node][number] = goes_on
        self.send(c, node, kind, number, *rest)
        return number

    def _on_answer(self, c, node, number, *answer):
        goes_on = c.calls[node].pop(number, None)
        if goes_on is not None:
            self.later.append((goes_on, answer))

    def connection(self, node):
        """The one over which a node calls the other one; it makes another where that is lost."""
        c = self.current.get(node)
        if c is None or node in c.lost:
            c = self.current[node] = Connection()
            self.connections.append(c)
        return c

    # --- what is asked ---
    def ask(self, node, pair, *, linked):
        asked = Asked(pair, linked, next(self.clock))
        self.asked.append(asked)
        c = self.connection(node)

        def known(answer):
            asked.known = next(self.clock)
            if answer is None and linked:
                self.kill(pair["ON".index(node)])

        def resolved(answer):
            if answer is None:
                known(None)
            else:
                self.do(self.core.ask(pair, asked, linked=linked))

        if node == "O":
            self.call(c, "O", resolved, "process")
        else:
            asked.call = self.call(c, "N", known, "decide", asked)

    def _on_process(self, c, node, number):
        self.send(c, node, "answer", number)

    def _on_decide(self, c, _node, number, asked):
        asked.connection, asked.call = c, number
        self.do(self.core.ask(asked.pair, asked, linked=asked.linked))

    def give_up(self, asked):
        """Whoever asked waits no more."""
        if asked.known is None and asked.done is None:
            asked.known = 0
            self.core.withdraw(asked.pair, asked)

    # --- the shell of the node that decides ---
    def do(self, instructions):
        lost = set()
        for instruction in instructions:
            match instruction:
                case Join(pair, asked):
                    self.later.append((self._join, pair, asked))
                case Part(pair):
                    number, c = self.halves["O"][pair]
                    self.later.append((self._part, pair, number, c))
                case Undo(pair):
                    self._undo("O", pair)
                case End(pair):
                    lost.add(pair)
                    self._undo("O", pair)
                    self.kill(pair[0])
                case Answer(asked, error):
                    if error is None:
                        asked.done = next(self.clock)
                    if error is None and asked.pair not in lost:
                        self.fate[asked.pair] = asked.linked
                    elif asked.pair in lost:
                        self.fate[asked.pair] = None
                    if asked.connection is not None:
                        self.send(asked.connection, "O", "answer", asked.call)
                    elif asked.known is None:
                        asked.known = next(self.clock)

    def _refuses(self):
        return self.rng.random() < self.refusals

    def _join(self, pair, asked):
        if self._refuses():
            self.do(self.core.refused(pair, ValueError()))
            return
        c = asked.connection or self.connection("O")
        if self.state[pair[0]] != "ended":
            self.halves["O"][pair] = (0, None)

        def goes_on(answer):
            if answer is None:
                self.do(self.core.lost(pair, ConnectionError()))
            elif answer[0] is None:
                self.do(self.core.refused(pair, ValueError()))
            else:
                stands = pair in self.halves["O"]
                if stands:
                    self._keep("O", pair, answer[0], c)
                self.do(self.core.done(pair, stands=stands))

        self.call(c, "O", goes_on, "link", pair)

    def _part(self, pair, number, c):
        def goes_on(answer):
            if answer is None:
                self.do(self.core.lost(pair, ConnectionError()))
            else:
                self.do(self.core.done(pair))

        self.call(c, "O", goes_on, "undo", pair, number)

    # --- the node that follows ---
    def _on_link(self, c, node, call, pair):
        if self._refuses():
            self.send(c, node, "answer", call, None)
            return
        number = next(self.numbers)
        if self.state[pair[1]] != "ended":
            self._keep("N", pair, number, c)
        self.send(c, node, "answer", call, number)

    def _on_undo(self, c, node, call, pair, number):
        if self.halves["N"].get(pair, (None,))[0] == number:
            self._undo("N", pair)
        self.send(c, node, "answer", call)

    # --- halves, and ends ---
    def _keep(self, node, pair, number, c):
        self._undo(node, pair)
        self.halves[node][pair] = (number, c)
        name = pair["ON".index(OTHER[node])]
        self.watches[node][number] = (name, c)
        if node in c.lost:
            self.later.append((self._foreign_ended, node, name, number))
        else:
            self.send(c, node, "watch", name, number)

    def _undo(self, node, pair):
        number, _ = self.halves[node].pop(pair, (0, None))
        self.watches[node].pop(number, None)

    def _on_watch(self, c, node, name, number):
        if self.state[name] == "ended":
            self.send(c, node, "ended", name, number)
        else:
            self.watched[node].setdefault(name, []).append((c, number))

    def _on_ended(self, _c, node, name, number):
        self.later.append((self._foreign_ended, node, name, number))

    def _foreign_ended(self, node, name, number):
        if number not in self.watches[node]:
            return
        for pair in [pair for pair in self.halves[node] if name in pair]:
            self._undo(node, pair)
            if node == "O":
                self.core.over(pair)
            self.kill(pair["ON".index(node)])

    def kill(self, name):
        if self.state[name] == "live":
            self.state[name] = "ending"
            self.later.append((self._ended, name))

    def _ended(self, name):
        self.state[name] = "ended"
        node = name[0]
        for pair in [pair for pair in self.halves[node] if name in pair]:
            self._undo(node, pair)
            if node == "O":
                self.core.over(pair)
        for c, number in self.watched[node].pop(name, ()):
            self.send(c, node, "ended", name, number)

    def cut(self, c):
        c.cut = True
