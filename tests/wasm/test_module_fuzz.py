"""Hostile modules: whatever the bytes are, the reader answers, or refuses with one of its own errors."""

import random

import pytest
import wasmtime
from hypothesis import given, settings
from hypothesis import strategies as st
from test_module import EVERYTHING, SHAPES

from guests import build
from wetware.errors import WetwareError
from wetware.wasm.instructions import GrowthFinder, UnknownInstructionError
from wetware.wasm.module import read_module
from wetware.wasm.runnable import GIVEN, check_runnable, what_it_needs

EMPTY = b"\0asm\1\0\0\0"


def corpus():
    texts = [EVERYTHING, *(text for text, _, _ in SHAPES.values())]
    texts += [build.wat_program(name).read_text() for name in build.names("wat")]
    return [wasmtime.wat2wasm(text) for text in texts]


CORPUS = corpus()


def read(binary):
    try:
        info = read_module(binary)
    except WetwareError as error:
        message = str(error)
    else:
        message = ""
    if message:
        assert len(message) < 500
        return False
    check_runnable(info, GIVEN)
    what_it_needs(info)
    return True


def mutate(random_, binary):
    data = bytearray(binary)
    for _ in range(random_.choice((1, 1, 2, 5, 20))):
        place = random_.randrange(8, len(data)) if len(data) > 8 else 0
        match random_.randrange(7):
            case 0:
                data[place] = random_.randrange(256)
            case 1:
                data[place] ^= 1 << random_.randrange(8)
            case 2:
                data[place : place + 1] = random_.randbytes(random_.randrange(6))
            case 3:
                del data[place : place + random_.randrange(1, 10)]
            case 4:
                del data[place:]
            case 5:
                other = random_.choice(CORPUS)
                start = random_.randrange(len(other))
                data[place:place] = other[start : start + random_.randrange(40)]
            case 6:
                data[place : place + 1] = b"\xff\xff\xff\xff" + bytes([random_.choice((0x0F, 0x7F, 0xFF))])
        if len(data) <= 8:
            break
    return bytes(data)


@pytest.mark.parametrize("seed", range(4))
def test_mutated_modules(seed):
    random_ = random.Random(seed)
    accepted = sum(read(mutate(random_, random_.choice(CORPUS))) for _ in range(3000))
    assert 30 < accepted < 2900  # the mutations are neither all harmless nor all fatal


@pytest.mark.slow
def test_many_mutated_modules():
    random_ = random.Random(99)
    for _ in range(100_000):
        read(mutate(random_, random_.choice(CORPUS)))


def test_every_truncation():
    for binary in CORPUS:
        for size in range(len(binary)):
            read(binary[:size])


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data):
    read(data)
    read(EMPTY + data)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_as_code(data):
    try:
        found = GrowthFinder().find(data, 0, len(data))
    except UnknownInstructionError:
        return
    for growth in found:
        assert 0 <= growth.start < growth.end <= len(data)


@pytest.mark.parametrize("seed", range(3))
def test_mutated_code(seed):
    random_ = random.Random(seed)
    for _ in range(2000):
        code = bytes(
            random_.choice(b"\x40\xfc\x0f\x0e\x1c\x1f\xfb\xfd\xfe\x41\x28\x80\xff\0\1\x0b") for _ in range(60)
        )
        try:
            GrowthFinder().find(code, 0, len(code))
        except UnknownInstructionError:
            continue


def test_an_accepted_mutation_is_understood_as_the_engine_does():
    """Where the engine accepts a mutated module, we accept it too, and tell the same imports and exports."""
    config = wasmtime.Config()
    config.wasm_gc = config.wasm_function_references = config.wasm_exceptions = True
    config.wasm_custom_page_sizes = config.shared_memory = True
    engine = wasmtime.Engine(config)
    random_, agreed = random.Random(7), 0
    for _ in range(1500):
        binary = mutate(random_, random_.choice(CORPUS))
        try:
            theirs = wasmtime.Module(engine, binary)
        except wasmtime.WasmtimeError:
            continue
        info = read_module(binary)
        assert [(i.module, i.name) for i in info.imports] == [(i.module, i.name) for i in theirs.imports]
        assert [e.name for e in info.exports] == [e.name for e in theirs.exports]
        agreed += 1
    assert agreed > 30
