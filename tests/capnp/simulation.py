"""Three vats that do random things over links that delay and never reorder; a naive record says what must
hold.

What holds, whatever the seed:
- E-order: calls sent through one reference reach their object in the order in which they were sent
- one reference leads to one object
- each call is delivered at most once, and answered exactly once; a call that was neither cancelled nor
  answered with an error has been delivered
- once everything was answered, resolved and dropped, all tables are empty, without any help of the collector
"""

import random

from core_vats import INTERFACE, SimLink, SimVat, content

from wetware.capnp.exceptions import CallError, FailedError
from wetware.capnp.reader import StructReader

NOTE, GIVE = 0, 1


class Ref:
    """A reference that a vat holds.

    `sent` counts the notes sent through it. What it leads to depends on nothing that was born after
    `birth`: an answer or a promise is only ever resolved to something older, or vats could wait for each
    other for ever.
    """

    count = 0

    def __init__(self, cap, birth):
        Ref.count += 1
        self.id = Ref.count
        self.cap = cap
        self.birth = birth
        self.sent = 0


class RecordingVat(SimVat):
    """A vat that writes down each note as it arrives."""

    def __init__(self, name, sim):
        super().__init__(name)
        self.sim = sim

    def start(self, call):
        if not call.done:
            if call.method_id == NOTE:
                self.sim.record(self, call)
            self.inbox.append(call)


class Sim:
    def __init__(self, seed, steps=120, *, log=None):
        self.random = random.Random(seed)
        self.seed = seed
        self.vats = [RecordingVat(name, self) for name in "abc"]
        self.roots = {vat.name: vat.object(f"{vat.name}-root") for vat in self.vats}
        a, b, c = self.vats
        tail_calls = self.random.random() < 0.7
        self.links = [
            SimLink(x, y, self.roots, log, tail_calls=tail_calls) for x, y in ((a, b), (b, c), (c, a))
        ]
        self.refs = {vat.name: [] for vat in self.vats}
        self.promises = {vat.name: [] for vat in self.vats}
        self.questions = {vat.name: [] for vat in self.vats}
        self.arrived = {}
        self.fates = {}
        self.calls = 0
        self.now = 0
        self.failures = self.random.random() < 0.5
        for link in self.links:
            for vat in link.vats:
                self.refs[vat.name].append(Ref(link.connection(vat.name).bootstrap(), 0))
        for vat in self.vats:
            self.refs[vat.name].append(Ref(self.roots[vat.name], 0))
        for _ in range(steps):
            self.step()
        self.finish()

    # --- one step

    def step(self):
        do = self.random.choices(
            (
                self.deliver,
                self.note,
                self.give,
                self.answer,
                self.promise,
                self.resolve,
                self.drop,
                self.cancel,
            ),
            (30, 22, 12, 18, 3, 4, 8, 2),
        )[0]
        do(self.random.choice(self.vats))
        self.turn()

    def turn(self):
        for link in self.links:
            link.pump()
        for vat in self.vats:
            vat.agenda.run()

    def deliver(self, _vat):
        link = self.random.choice(self.links)
        vat = self.random.choice(link.vats)
        for _ in range(self.random.randint(1, 4)):
            link.deliver(vat.name)

    def pick(self, vat, before=1 << 60):
        refs = [ref for ref in self.refs[vat.name] if ref.birth < before]
        return self.random.choice(refs) if refs else None

    def tick(self):
        self.now += 1
        return self.now

    def note(self, vat):
        ref = self.pick(vat)
        if ref is None:
            return
        for _ in range(self.random.randint(1, 3)):
            ref.sent += 1
            self.send(vat, ref, NOTE, content(text=f"{ref.id}:{ref.sent}"), (ref.id, ref.sent))

    def give(self, vat):
        ref = self.pick(vat)
        if ref is None:
            return
        caps = [self.pick(vat).cap for _ in range(self.random.randint(0, 2))]
        birth = self.tick()
        answer = self.send(vat, ref, GIVE, content(*caps, text=str(birth)), None)
        self.questions[vat.name].append(answer)
        if self.random.random() < 0.6:
            self.refs[vat.name].append(Ref(answer.pipeline((self.random.randint(0, 1),)), birth))

    def send(self, _vat, ref, method, params, key):
        answer = ref.cap.send(INTERFACE, method, params)
        self.calls += 1
        number = self.calls
        self.fates[number] = [key, None]

        def told(answer, fate=self.fates[number]):
            assert fate[1] is None, "a call was answered twice"
            fate[1] = "failed" if answer.failure is not None else "answered"
            if answer.failure is not None:
                assert isinstance(answer.failure, CallError), repr(answer.failure)

        answer.listen(told)
        return answer

    def answer(self, vat):
        if not vat.inbox:
            return
        # notes are recorded in the order of arrival; gives may be answered in any order
        index = self.random.randrange(len(vat.inbox))
        call = vat.inbox[index]
        del vat.inbox[index]
        self.end(vat, call)

    def end(self, vat, call):
        if call.done or call.params is None:
            return
        if call.method_id == NOTE:
            call.finish(content(), None)
            return
        received = call.params.reader()
        held = list(received.caps)
        birth = int(received.root(StructReader)._text(8 * len(held)))
        luck = self.random.random()
        if luck < 0.1 and self.failures:
            call.finish(None, FailedError("no"))
            return
        for cap in held:
            if cap is not None and self.random.random() < 0.5:
                self.refs[vat.name].append(Ref(cap, birth))
        if luck < 0.3:
            target = self.random.choice([ref for ref in self.refs[vat.name] if ref.birth == 0])
            call.tail_call(target.cap, INTERFACE, GIVE, content(*held, text=str(birth)))
            call.cap = call.params = None
            return
        older = [cap for cap in held if cap is not None] * 3
        older += [ref.cap for ref in self.refs[vat.name] if ref.birth < birth]
        call.finish(content(*[self.random.choice(older) for _ in range(2)]), None)

    def promise(self, vat):
        promise, birth = vat.promise(), self.tick()
        self.promises[vat.name].append((promise, birth))
        self.refs[vat.name].append(Ref(promise, birth))

    def resolve(self, vat):
        promises = self.promises[vat.name]
        if not promises or not self.refs[vat.name]:
            return
        promise, birth = promises.pop(self.random.randrange(len(promises)))
        promise.resolve(self.pick(vat, birth).cap)

    def drop(self, vat):
        refs = self.refs[vat.name]
        if len(refs) > 3:
            del refs[self.random.randrange(3, len(refs))]

    def cancel(self, vat):
        questions = self.questions[vat.name]
        if questions:
            questions.pop(self.random.randrange(len(questions))).cancel()

    # --- what arrives

    def record(self, vat, call):
        text = call.params.reader().root(StructReader)._text(0)
        ref, number = map(int, text.split(":"))
        self.arrived.setdefault(ref, []).append((number, call.cap.server))

    # --- the end

    def finish(self):
        """Answer, resolve and deliver everything, then drop everything."""
        for _ in range(10_000):
            self.turn()
            busy = False
            for link in self.links:
                for vat in link.vats:
                    busy = link.deliver(vat.name) or busy
            for vat in self.vats:
                while vat.inbox:
                    self.end(vat, vat.inbox.popleft())
                    busy = True
                while self.promises[vat.name]:
                    self.promises[vat.name].pop()[0].resolve(self.roots[vat.name])
                    busy = True
            if not busy:
                break
        else:
            raise AssertionError("the vats do not come to rest")
        self.check_calls()
        for table in (self.refs, self.questions, self.promises):
            for vat in self.vats:
                table[vat.name].clear()
        for _ in range(1000):
            self.turn()
            if not any(link.deliver(vat.name) for link in self.links for vat in link.vats):
                break
        for link in self.links:
            for vat in link.vats:
                error = link.connection(vat.name).error
                assert error is None, f"{vat.name}: {error}"
                left = link.tables(vat.name)
                assert not left, f"{vat.name} with {link.other(vat.name).name} keeps {left}"

    def check_calls(self):
        delivered = set()
        for ref, notes in self.arrived.items():
            numbers = [number for number, _ in notes]
            assert numbers == sorted(numbers), f"the notes of reference {ref} arrived in the order {numbers}"
            assert len(set(numbers)) == len(numbers), f"a note of reference {ref} arrived twice: {numbers}"
            objects = {server for _, server in notes}
            assert len(objects) == 1, f"the notes of reference {ref} arrived at {objects}"
            delivered.update((ref, number) for number in numbers)
        for key, fate in self.fates.values():
            assert fate is not None, f"the call {key} was not answered"
            if key is not None and fate == "answered":
                assert key in delivered, f"the note {key} was answered and not delivered"


def run(seed, steps=120, log=None):
    Ref.count = 0
    return Sim(seed, steps, log=log)
