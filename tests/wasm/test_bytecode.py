"""The bytecode cache against a naive model, and in the hands of several threads."""

import threading

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from wetware.errors import LimitError
from wetware.wasm.bytecode import BytecodeCache, NotCachedError
from wetware.wasm.cid import Cid, CidMismatchError


def test_a_program_is_found_by_its_cid():
    cache = BytecodeCache()
    cid = cache.put(b"hello")
    assert cid == Cid.of(b"hello")
    assert cache.get(cid) == b"hello"
    assert cache.has(cid)
    assert cache.get(Cid.of(b"other")) is None
    assert not cache.has(Cid.of(b"other"))
    assert cache.put(b"hello") == cid
    assert (cache.count, cache.total_bytes) == (1, 5)


def test_an_empty_program_is_a_program():
    cache = BytecodeCache()
    cid = cache.put(b"")
    assert cache.has(cid)
    assert cache.get(cid) == b""
    assert cache.pin(cid) == b""
    cache.unpin(cid)


def test_a_claimed_name_is_compared():
    cache = BytecodeCache()
    assert cache.put(b"hello", claimed=Cid.of(b"hello")) == Cid.of(b"hello")
    with pytest.raises(CidMismatchError, match="fetch them again"):
        cache.put(b"hullo", claimed=Cid.of(b"hello"))
    assert cache.count == 1


def test_what_was_used_longest_ago_goes_first():
    cache = BytecodeCache(max_count=3)
    a, b, c = (cache.put(x) for x in (b"a", b"b", b"c"))
    cache.get(a)
    cache.has(b)  # asking is no use
    d = cache.put(b"d")
    assert [cache.has(x) for x in (a, b, c, d)] == [True, False, True, True]


def test_bytes_are_bounded_too():
    cache = BytecodeCache(max_bytes=10)
    a = cache.put(b"a" * 4)
    b = cache.put(b"b" * 4)
    c = cache.put(b"c" * 9)
    assert [cache.has(x) for x in (a, b, c)] == [False, False, True]
    assert cache.total_bytes == 9


def test_what_runs_is_never_dropped():
    cache = BytecodeCache(max_bytes=10, max_count=2)
    a = cache.put(b"a" * 4, pin=True)
    assert cache.pin(a) == b"a" * 4
    b = cache.put(b"b" * 4)
    with pytest.raises(LimitError, match="held by running processes") as error:
        cache.put(b"c" * 7)
    assert (error.value.limit, error.value.used, error.value.allowed) == ("bytecode-bytes", 11, 10)
    assert cache.has(b)  # the refusal dropped nothing
    c = cache.put(b"c" * 6)
    assert [cache.has(x) for x in (a, b, c)] == [True, False, True]
    cache.unpin(a)
    cache.put(b"d" * 4)
    assert cache.has(a)  # still pinned once, so `c` went
    cache.unpin(a)
    cache.put(b"e" * 10)
    assert not cache.has(a)


def test_places_held_by_running_processes_are_a_limit():
    cache = BytecodeCache(max_count=1)
    a = cache.put(b"a", pin=True)
    with pytest.raises(LimitError, match="all 1 places") as error:
        cache.put(b"b")
    assert error.value.limit == "bytecode-count"
    assert cache.put(b"a", pin=True) == a  # it is here already


def test_a_program_larger_than_the_cache_is_refused():
    cache = BytecodeCache(max_bytes=3)
    kept = cache.put(b"abc")
    with pytest.raises(LimitError):
        cache.put(b"abcd")
    assert cache.has(kept)


def test_calls_too_many_are_refused():
    cache = BytecodeCache()
    cid = cache.put(b"a")
    with pytest.raises(NotCachedError, match="not pinned"):
        cache.unpin(cid)
    with pytest.raises(NotCachedError, match="not found"):
        cache.pin(Cid.of(b"other"))


def test_unpinning_counts_as_a_use():
    cache = BytecodeCache(max_count=2)
    a = cache.put(b"a", pin=True)
    b = cache.put(b"b")
    cache.unpin(a)
    cache.put(b"c")
    assert cache.has(a)
    assert not cache.has(b)


PROGRAMS = [bytes([65 + n]) * size for n, size in enumerate((1, 1, 2, 3, 3, 4, 5, 9, 12))]


class CacheAgainstModel(RuleBasedStateMachine):
    """The model is a list in order of use, scanned from its old end; the cache keeps two tables."""

    def __init__(self):
        super().__init__()
        self.cache = BytecodeCache(max_count=4, max_bytes=12)
        self.order = []
        self.pins = dict.fromkeys(PROGRAMS, 0)

    def use(self, program):
        self.order.remove(program)
        self.order.append(program)

    @rule(program=st.sampled_from(PROGRAMS), pin=st.booleans())
    def put(self, program, pin):
        pinned = [p for p in self.order if self.pins[p]]
        fits = program in self.order or (len(pinned) < 4 and sum(map(len, pinned)) + len(program) <= 12)
        if not fits:
            with pytest.raises(LimitError):
                self.cache.put(program, pin=pin)
            return
        self.cache.put(program, pin=pin)
        if program not in self.order:
            while len(self.order) >= 4 or sum(map(len, self.order)) + len(program) > 12:
                self.order.remove(next(p for p in self.order if not self.pins[p]))
            self.order.append(program)
        self.use(program)
        self.pins[program] += pin

    @rule(program=st.sampled_from(PROGRAMS))
    def get(self, program):
        expected = program if program in self.order else None
        assert self.cache.get(Cid.of(program)) == expected
        if expected:
            self.use(program)

    @rule(program=st.sampled_from(PROGRAMS))
    def pin(self, program):
        if program in self.order:
            assert self.cache.pin(Cid.of(program)) == program
            self.pins[program] += 1
            self.use(program)
        else:
            with pytest.raises(NotCachedError):
                self.cache.pin(Cid.of(program))

    @rule(program=st.sampled_from(PROGRAMS))
    def unpin(self, program):
        if self.pins[program]:
            self.cache.unpin(Cid.of(program))
            self.pins[program] -= 1
            self.use(program)
        else:
            with pytest.raises(NotCachedError):
                self.cache.unpin(Cid.of(program))

    @invariant()
    def they_agree(self):
        assert [self.cache.has(Cid.of(p)) for p in PROGRAMS] == [p in self.order for p in PROGRAMS]
        assert self.cache.count == len(self.order) <= 4
        assert self.cache.total_bytes == sum(map(len, self.order)) <= 12


CacheAgainstModel.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestCacheAgainstModel = CacheAgainstModel.TestCase


def test_threads_may_share_it():
    cache = BytecodeCache(max_count=5, max_bytes=60)
    programs = [bytes([n]) * 10 for n in range(12)]
    failures = []

    def work(seed):
        try:
            for turn in range(400):
                program = programs[(seed * 7 + turn * 5) % len(programs)]
                try:
                    cid = cache.put(program, pin=True)
                except LimitError:
                    continue
                if cache.get(cid) != program or not cache.has(cid):
                    failures.append((seed, turn))
                cache.unpin(cid)
        except Exception as error:  # noqa: BLE001 - what a thread raises is what the test reports
            failures.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failures
    assert cache.count <= 5
    assert cache.total_bytes <= 60
    for program in programs:  # nothing stayed pinned
        with pytest.raises(NotCachedError):
            cache.unpin(Cid.of(program))
