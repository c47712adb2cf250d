"""Promises and answers of one vat: long chains, rings, order, cancellation of what nothing depends on."""

import itertools

import pytest
from core_vats import INTERFACE, SimVat, content

from wetware.capnp.core.answer import BrokenCap
from wetware.capnp.exceptions import CallCancelledError, FailedError


def settle(vat):
    while vat.agenda.run():
        pass


def outcome(answer):
    assert answer.done
    return answer.failure


def chain(vat, length):
    """Calls, each on the result of the one before."""
    target = vat.promise()
    answers = [target.send(INTERFACE, 0, content())]
    for _ in range(length):
        answers.append(answers[-1].pipe((0,)).send(INTERFACE, 0, content()))
    return target, answers


def test_a_long_chain_breaks_without_recursion():
    vat = SimVat("a")
    target, answers = chain(vat, 20_000)
    target.resolve(BrokenCap(FailedError("it broke")))
    settle(vat)
    assert all(isinstance(outcome(answer), FailedError) for answer in answers)


def test_a_long_chain_is_cancelled_without_recursion():
    vat = SimVat("a")
    _target, answers = chain(vat, 20_000)
    for answer in answers:
        answer.cancel()
    settle(vat)
    assert all(isinstance(outcome(answer), CallCancelledError) for answer in answers)


def test_a_long_chain_of_promises_is_followed_without_recursion():
    vat = SimVat("a")
    promises = [vat.promise() for _ in range(20_000)]
    answer = promises[0].send(INTERFACE, 0, content())
    for one, following in itertools.pairwise(promises):
        one.resolve(following)
        settle(vat)
    answer.cancel()
    settle(vat)
    assert isinstance(outcome(answer), CallCancelledError)
    late = promises[0].send(INTERFACE, 0, content())
    promises[-1].resolve(vat.object("end"))
    settle(vat)
    assert not late.done
    assert [call.cap.server for call in vat.inbox] == ["end"]


@pytest.mark.parametrize("length", [1, 2, 7])
def test_a_ring_of_promises_breaks(length):
    vat = SimVat("a")
    promises = [vat.promise() for _ in range(length)]
    answers = [promise.send(INTERFACE, 0, content()) for promise in promises]
    for one, following in zip(promises, [*promises[1:], promises[0]], strict=True):
        one.resolve(following)
    settle(vat)
    assert all("itself" in str(outcome(answer)) for answer in answers)


def test_a_call_sent_to_its_own_result_fails():
    vat = SimVat("a")
    promise = vat.promise()
    answer = promise.send(INTERFACE, 0, content())
    promise.resolve(answer.pipeline((0,)))
    settle(vat)
    assert "themselves" in str(outcome(answer))


def test_what_waited_goes_before_what_comes_after():
    vat = SimVat("a")
    promise = vat.promise()
    for n in range(3):
        promise.send(INTERFACE, n, content())
    promise.resolve(vat.object("x"))
    promise.send(INTERFACE, 3, content())  # the queue is not flushed yet
    vat.agenda.run()
    promise.send(INTERFACE, 4, content())
    settle(vat)
    assert [call.method_id for call in vat.inbox] == list(range(5))


def test_an_answer_settles_once():
    vat = SimVat("a")
    thing = vat.object("x")
    answer = thing.send(INTERFACE, 0, content())
    settle(vat)
    call = vat.inbox.popleft()
    told = []
    answer.listen(lambda a: told.append(a.failure))
    call.finish(content(), None)
    call.finish(None, FailedError("late"))
    answer.cancel()
    assert told == [None]
    assert answer.failure is None


def test_the_same_error_raised_often_keeps_no_frames():
    broken = BrokenCap(FailedError("gone"))
    for _ in range(3):
        with pytest.raises(FailedError):
            broken.send(INTERFACE, 0, content()).take()
    assert broken.error.__traceback__ is None


def test_an_error_in_the_agenda_does_not_lose_the_rest():
    vat = SimVat("a")
    done = []
    vat.agenda.post(lambda _: 1 / 0, None)
    vat.agenda.post(done.append, "after")
    with pytest.raises(ZeroDivisionError):
        vat.agenda.run()
    vat.agenda.run()
    assert done == ["after"]
