"""What a command of WASI 0.2 can do, by its first argument; built as a component."""

import os
import socket
import sys
import time
import uuid

from componentize_py_types import Err
from wit_world import exports


def show():
    print(sys.argv[1:], dict(os.environ))


def sleep():
    print("sleeping", flush=True)
    time.sleep(float(sys.argv[2]))
    print("slept")


def cat():
    for line in sys.stdin:
        sys.stdout.write(line)


def code():
    sys.exit(int(sys.argv[2]))


def fail():
    raise Err(None)


def connect():
    try:
        socket.socket().connect(("127.0.0.1", 80))
    except OSError as error:
        print(type(error).__name__)


def spin():
    print("spinning", flush=True)
    while True:
        pass


def flood():
    for _ in range(
        int(sys.argv[2]) // 10_000
    ):  # its stdout has no buffer, and loses what is not taken at once
        sys.stdout.write("x" * 10_000)


def allocate():
    try:
        print("got", len(bytearray(int(sys.argv[2]))))
    except MemoryError:
        print("MemoryError")


def hoard():
    kept = bytearray()
    while True:
        kept += bytes(1 << 20)


def random():
    import random

    print(random.random(), uuid.uuid4())


def clock():
    print(time.monotonic() < 60, abs(time.time() - float(sys.argv[2])) < 60)


class Run(exports.Run):
    def run(self):
        {
            f.__name__: f
            for f in (show, sleep, cat, code, fail, connect, spin, flood, allocate, hoard, random, clock)
        }[sys.argv[1]]()
        sys.stdout.flush()
