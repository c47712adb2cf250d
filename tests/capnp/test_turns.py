"""What a loop does for its connections beside reading, on a loop that is moved by hand."""

from collections import deque

import pytest

from wetware.capnp.core.agenda import Agenda
from wetware.capnp.turns import Turns


class Loop:
    """What `Turns` asks of a loop, and what it has been told."""

    def __init__(self):
        self._ready = deque()
        self.told = []

    def call_soon(self, what):
        self._ready.append(what)

    def call_exception_handler(self, context):
        self.told.append(context["exception"])

    def turn(self):
        for _ in range(len(self._ready)):
            self._ready.popleft()()


class Veiled(Loop):
    """One that does not show what is ready, as other makes of loops do not."""

    def __getattribute__(self, name):
        if name == "_ready":
            raise AttributeError(name)
        return super().__getattribute__(name)

    def call_soon(self, what):
        object.__getattribute__(self, "_ready").append(what)

    @property
    def waiting(self):
        return object.__getattribute__(self, "_ready")


class Connection:
    def __init__(self, done):
        self.done = done

    def flush_turn(self):
        self.done.append("written")


@pytest.fixture
def loop():
    return Loop()


@pytest.fixture
def turns(loop):
    return Turns(loop, Agenda(lambda: None))


def read(turns, *what):
    """Handle a read whose messages have things done soon."""
    turns.reading = True
    for one in what:
        turns.soon(one)
    turns.reading = False
    turns.settle()


def test_what_a_read_causes_is_done_after_it_in_order(loop, turns):
    done = []
    read(turns, lambda: done.append(1), lambda: (done.append(2), turns.soon(lambda: done.append(3))))
    assert done == [1, 2, 3]
    assert not loop._ready


def test_outside_of_a_read_it_has_a_turn_of_its_own(loop, turns):
    done = []
    turns.soon(lambda: done.append(1))
    assert not done
    loop.turn()
    assert done == [1]


def test_who_is_ready_already_comes_first(loop, turns):
    done = []
    loop.call_soon(lambda: done.append("another"))
    read(turns, lambda: done.append(1))
    assert not done
    loop.turn()
    assert done == ["another", 1]


def test_who_becomes_ready_meanwhile_comes_before_the_rest(loop, turns):
    done = []
    read(turns, lambda: loop.call_soon(lambda: done.append("another")), lambda: done.append(1))
    assert not done
    loop.turn()
    assert done == ["another", 1]


def test_what_causes_itself_again_leaves_the_loop_its_turns(loop, turns):
    done = []

    def again():
        done.append(1)
        turns.soon(again)

    read(turns, again)
    assert 0 < len(done) < 100
    assert len(loop._ready) == 1


def test_what_fails_is_told_and_keeps_nothing_from_being_done(loop, turns):
    done = []
    read(turns, lambda: 1 / 0, lambda: done.append(1))
    assert done == [1]
    assert [type(error) for error in loop.told] == [ZeroDivisionError]


def test_an_interruption_leaves_and_what_is_left_is_done(loop, turns):
    done = []

    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(turns, interrupted, lambda: done.append(1))
    assert not turns.reading
    loop.turn()
    assert done == [1]


def test_a_loop_that_does_not_show_what_is_ready():
    loop, done = Veiled(), []
    turns = Turns(loop, Agenda(lambda: None))
    read(turns, lambda: done.append(1))
    turns.write_soon(Connection(done))
    turns.flush_if_idle()
    assert not done
    for what in list(loop.waiting):
        what()
    assert done == [1, "written"]


def test_connections_write_once_a_turn(loop, turns):
    done = []
    turns.write_soon(Connection(done))
    turns.write_soon(Connection(done))
    assert len(loop._ready) == 1
    loop.turn()
    assert done == ["written"] * 2


def test_who_waits_in_the_middle_of_the_agenda_has_it_written_behind_that(loop):
    done = []
    agenda = Agenda(lambda: None)
    turns = Turns(loop, agenda)

    def handle(_):
        turns.write_soon(Connection(done))
        turns.flush_if_idle()
        assert not done  # those behind it may have more to write
        turns.flush()
        assert done == ["written"]

    agenda.post(handle, None)
    agenda.post(done.append, "another")
    agenda.run()
    assert done == ["written", "another"]


def test_who_waits_while_nothing_else_is_ready_writes_first(loop, turns):
    done = []
    turns.write_soon(Connection(done))
    loop.call_soon(lambda: None)
    turns.flush_if_idle()
    assert not done  # another one may have more to write
    loop.turn()
    assert done == ["written"]
    turns.write_soon(Connection(done))
    turns.flush_if_idle()
    assert done == ["written"] * 2
    turns.write_soon(Connection(done))  # the turn that was asked for is still to come
    loop.turn()
    assert done == ["written"] * 3
