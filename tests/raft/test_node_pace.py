"""When the loop writes to the log itself."""

from wetware.raft.node.core.pace import Pace

FAST, SLOW = 0.0002, 0.004


def settled() -> Pace:
    pace = Pace()
    while not pace.here(100):
        pace.took(FAST)
    return pace


def until_here(pace: Pace, seconds: float) -> int:
    count = 0
    while not pace.here(100) and count < 10_000:
        pace.took(seconds)
        count += 1
    return count


def test_a_disk_that_is_not_known_is_written_to_by_the_thread() -> None:
    assert not Pace().here(100)
    assert 0 < until_here(Pace(), FAST) < 20


def test_what_is_small_is_written_by_the_loop_and_what_is_large_is_not() -> None:
    pace = settled()
    assert pace.here(0)
    assert pace.here(10_000)
    assert not pace.here(10_000_000)
    assert not pace.here(float("inf"))


def test_one_slow_write_sends_the_next_ones_to_the_thread() -> None:
    pace = settled()
    pace.took(SLOW)
    assert not pace.here(100)
    assert until_here(pace, FAST) < 1000


def test_the_slower_it_was_the_longer_the_loop_keeps_away() -> None:
    slow, slower = settled(), settled()
    slow.took(SLOW)
    slower.took(10 * SLOW)
    assert until_here(slower, FAST) > 5 * until_here(slow, FAST)


def test_a_disk_that_is_always_slow_is_never_written_to_by_the_loop() -> None:
    assert until_here(Pace(), SLOW) == 10_000
    pace = settled()
    pace.took(SLOW)
    assert until_here(pace, SLOW) == 10_000


def test_a_disk_that_stood_still_once_is_trusted_again_in_the_end() -> None:
    pace = settled()
    pace.took(30.0)
    assert 1000 < until_here(pace, FAST) < 10_000


def test_the_share_of_time_that_slow_writes_take_of_the_loop_is_bounded() -> None:
    pace, lost, writes = settled(), 0.0, 10_000
    for number in range(writes):
        took = 0.010 if number % 50 == 0 else FAST
        if pace.here(100) and took == 0.010:
            lost += took
        pace.took(took)
    assert lost <= 0.010 * writes / 50 / 3
