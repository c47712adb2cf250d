"""What a log is to hold after a list of steps, and random lists of steps such as consensus makes them."""

from dataclasses import dataclass, field

from wetware.raft.core.messages import ConfState, Entry, EntryType, HardState, Snapshot
from wetware.raft.core.storage import MemoryStorage
from wetware.raft.log import DurableLog, LogConfig

SMALL = LogConfig(segment_size=4096, cache_size=2000)
UNLIMITED = 1 << 60


@dataclass
class Model:
    """A `MemoryStorage`, and all that was ever at an index (for entries that a log may still have)."""

    memory: MemoryStorage = field(default_factory=MemoryStorage)

    def copy(self):
        other = MemoryStorage()
        for name in MemoryStorage.__slots__:
            value = getattr(self.memory, name)
            setattr(other, name, list(value) if isinstance(value, list) else value)
        return Model(other)

    def apply(self, step):
        memory = self.memory
        match step:
            case ("save", hard_state, entries, snapshot):
                if hard_state is not None:
                    memory.set_hard_state(hard_state)
                if snapshot is not None:
                    memory.apply_snapshot(snapshot)
                memory.append(entries)
            case ("snapshot", index, conf_state, data):
                memory.create_snapshot(index, conf_state, data)
            case ("compact", index):
                memory.compact(index)

    def state(self):
        return held(self.memory)


def apply(log, step):
    match step:
        case ("save", hard_state, entries, snapshot):
            log.save(hard_state, entries, snapshot)
        case ("snapshot", index, conf_state, data):
            log.create_snapshot(index, conf_state, data)
        case ("compact", index):
            log.compact(index)


def held(storage):
    """All that must survive: term and vote, the snapshot, and the entries behind it. Not the commit index."""
    hard_state, conf_state = storage.initial_state()
    snapshot = storage.snapshot()
    last = storage.last_index()
    entries = tuple(storage.entries(snapshot.index + 1, last + 1, UNLIMITED)) if last > snapshot.index else ()
    return (hard_state[:2], conf_state, snapshot, last, storage.term(last), entries)


def check_all(log):
    """Read everything that is there, in both directions, and hold it together."""
    first, last = log.first_index(), log.last_index()
    entries = [log.entries(index, index + 1, UNLIMITED)[0] for index in range(first, last + 1)]
    assert [entry.index for entry in entries] == list(range(first, last + 1))
    assert [entry.term for entry in entries] == [log.term(index) for index in range(first, last + 1)]
    terms = [log.term(index) for index in range(first - 1, last + 1)]
    assert terms == sorted(terms), "terms never fall along a log"
    if entries:
        assert list(log.entries(first, last + 1, UNLIMITED)) == entries


def steps(rng, count, *, founding=True, largest=700):
    """Random steps, each of which a node could really take."""
    model, result = Model(), []
    term, commit = 1, 0

    def do(*step):
        model.apply(step)
        result.append(step)

    if founding:
        do("save", None, [], Snapshot.founding([1, 2, 3]))
        commit = 1
    while len(result) < count:
        memory = model.memory
        last, covered = memory.last_index(), memory.snapshot().index
        kind = rng.choice(
            ["append"] * 5 + ["overwrite", "term", "commit", "commit", "snapshot", "compact", "restore"]
        )
        hard_state = None
        if rng.random() < 0.5:
            commit = rng.randint(commit, max(commit, last))
            hard_state = HardState(
                term, rng.randint(0, 3) if rng.random() < 0.2 else memory.hard_state.vote, commit
            )
        if kind == "append":
            do("save", hard_state, entries(rng, last + 1, rng.choice([1, 1, 2, 7]), term, largest), None)
        elif kind == "overwrite" and last > commit:
            term += 1
            start = rng.randint(commit + 1, last)
            do(
                "save",
                HardState(term, 0, commit),
                entries(rng, start, rng.randint(1, 3), term, largest),
                None,
            )
        elif kind == "term":
            term += rng.randint(1, 3)
            do("save", HardState(term, rng.randint(0, 3), commit), [], None)
        elif kind == "commit" and hard_state is not None:
            do("save", hard_state, [], None)
        elif kind == "snapshot" and commit > covered:
            if memory.hard_state.commit < commit:
                do("save", HardState(term, memory.hard_state.vote, commit), [], None)
            index = rng.randint(max(covered + 1, memory.first_index() - 1), commit)
            do("snapshot", index, membership(rng), rng.randbytes(rng.choice([0, 10, 3000])))
        elif kind == "compact" and covered >= memory.first_index():
            do("compact", rng.randint(memory.first_index(), covered))
        elif kind == "restore" and rng.random() < 0.5:
            term += 1
            commit = last + rng.randint(1, 20)
            snapshot = Snapshot(
                commit, rng.randint(memory.term(last), term), membership(rng), rng.randbytes(500)
            )
            behind = entries(rng, commit + 1, rng.randint(0, 2), term, largest)
            do("save", HardState(term, 0, commit), behind, snapshot)
    return result


def entries(rng, first, count, term, largest):
    return [
        Entry(
            term,
            index,
            rng.choice(list(EntryType)),
            rng.randbytes(rng.choice([0, 3, 100, rng.randint(0, largest)])),
        )
        for index in range(first, first + count)
    ]


def membership(rng):
    ids = rng.sample(range(1, 20), 6)
    return ConfState(
        tuple(sorted(ids[:3])),
        tuple(sorted(ids[1 : rng.choice([1, 4])])),
        tuple(ids[4:5]),
        tuple(ids[5 : rng.choice([5, 6])]),
        rng.random() < 0.5,
    )


def opened(fs, config=SMALL):
    return DurableLog.open(fs, config)
