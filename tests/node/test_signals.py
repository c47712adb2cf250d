"""Signals sent to a program while it spawns: it ends as Python programs do, or goes on whole; no crash."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from node_guests import environment

PROGRAM = Path(__file__).parent / "signal_storms.py"


def start(name):
    return subprocess.Popen(
        [sys.executable, "-X", "faulthandler", str(PROGRAM), name],
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(process, seconds=40):
    try:
        output, errors = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGABRT)  # faulthandler shows where every thread is
        _, errors = process.communicate()
        pytest.fail(f"it did not end:\n{errors.decode()[-6000:]}")
    crashed = process.returncode in (-signal.SIGSEGV, -signal.SIGABRT, -signal.SIGILL, -signal.SIGBUS)
    assert not crashed, errors.decode()[-6000:]
    return process.returncode, output.decode(), errors.decode()


@pytest.mark.parametrize("count", [1, 2, 3, 10])
@pytest.mark.parametrize("name", ["interrupt", "interrupt_raising"])
def test_interrupts_end_the_program(name, count):
    seed = count * 7 + len(name)
    rng = random.Random(seed)
    process = start(name)
    assert process.stdout.readline() == b"ready\n"
    for _ in range(count):
        if process.poll() is not None:
            break
        process.send_signal(signal.SIGINT)
        try:
            process.wait(rng.random() * 0.02)
        except subprocess.TimeoutExpired:
            continue
    code, _, errors = ended(process)
    assert code != 0
    assert code in (1, 130, -signal.SIGINT), errors
    assert "internal error" not in errors


@pytest.mark.parametrize("name", ["alarm", "alarm_installed_late"])
def test_a_handler_that_raises_leaves_the_node_whole(name):
    code, output, errors = ended(start(name))
    assert (code, output) == (0, "code 0 left 0\n"), errors


def test_a_handler_may_kill():
    code, output, errors = ended(start("handler_kills"))
    assert (code, output) == (0, "done\n"), errors


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(30))
def test_interrupts_at_random_moments(seed):
    rng = random.Random(seed)
    process = start(rng.choice(["interrupt", "interrupt_raising"]))
    assert process.stdout.readline() == b"ready\n"
    while process.poll() is None:
        os.kill(process.pid, signal.SIGINT)
        try:
            process.wait(rng.random() * 0.05)
        except subprocess.TimeoutExpired:
            continue
    ended(process)
