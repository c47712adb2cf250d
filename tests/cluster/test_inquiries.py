"""Inquiries: suspects are asked about again; who waits for news is told once, and is one of few."""

from beats import peer

from wetware.cluster.inquiries import MAX_ASKED_FOR, Inquiries

A, B, C = peer(1), peer(2), peer(3)


def test_suspects_are_asked_again():
    inquiries = Inquiries(4)
    assert inquiries.due({A}, 9.0) == []
    inquiries.asked(A, 1.0)
    inquiries.asked(B, 1.5)
    assert inquiries.due({A, B}, 0.9) == []
    assert inquiries.due({A, B}, 1.0) == [A]
    assert inquiries.due({A, B}, 1.1) == [A]  # until it was asked
    inquiries.asked(A, 2.0)
    assert inquiries.due({B}, 3.0) == [B]
    assert inquiries.due({A, B}, 3.0) == [B]  # A was none for a moment
    inquiries.forget(B)
    assert inquiries.due({B}, 3.0) == []


def test_who_waits_is_told_once():
    inquiries = Inquiries(4)
    assert inquiries.wait(A, B, 2.0)
    assert inquiries.wait(A, C, 1.0)
    assert inquiries.answered(B, 0.5) == []
    assert inquiries.answered(A, 1.5) == [B]  # the other one has given up
    assert inquiries.answered(A, 1.5) == []
    inquiries.wait(A, B, 9.0)
    inquiries.forget(A)
    assert inquiries.answered(A, 1.5) == []


def test_what_waits_is_bounded():
    inquiries = Inquiries(4)
    took = [inquiries.wait(peer(n), peer(1000 + m), 1.0) for n in range(300) for m in range(6)]
    assert took.count(True) == len(inquiries) == MAX_ASKED_FOR * 4
    assert inquiries.wait(peer(0), peer(1000), 5.0)  # who waits already may wait longer
    inquiries.expire(1.0)
    assert len(inquiries) == 1
    assert inquiries.wait(peer(299), peer(1), 5.0)
