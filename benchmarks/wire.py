"""Encoding and decoding of messages: this library and pycapnp (C++), in one run.

    python benchmarks/wire.py [--json FILE]

Each line is the best of five rounds, the two taking turns. A ratio above 1 means that this library is faster.
"""

import argparse
import json
import sys
import timeit
import warnings
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "capnp")]

import everything_capnp as ours

import capnp
from wetware.capnp.framing import Framer, frame, read_message
from wetware.capnp.generate.compiler import standard_imports
from wetware.capnp.packing import pack, unpack
from wetware.capnp.standard import rpc_capnp

warnings.simplefilter("ignore")
theirs = capnp.load(str(ROOT / "tests/capnp/everything.capnp"), imports=[str(standard_imports())])
their_rpc = capnp.load(str(standard_imports() / "capnp/rpc.capnp"), imports=[str(standard_imports())])

PEOPLE = [{"id": i, "name": f"name {i}", "phones": [{"number": str(i)}]} for i in range(1000)]
NUMBERS = list(range(10_000))
MEGABYTE = bytes(1 << 20)


def our_point():
    return frame(ours.Scalars.new(int32=1, uint64=2, bool=True))


def their_point():
    return theirs.Scalars.new_message(int32=1, uint64=2, bool=True).to_bytes()


def our_person():
    return frame(
        ours.Person.new(
            id=5,
            name="Ada",
            email="a@b",
            phones=[{"number": "1"}, {"number": "2"}],
            employment={"employer": "me"},
        )
    )


def their_person():
    made = theirs.Person.new_message(id=5, name="Ada", email="a@b")
    phones = made.init("phones", 2)
    phones[0].number = "1"
    phones[1].number = "2"
    made.employment.employer = "me"
    return made.to_bytes()


PARAMS = ours.Lab.StartParams.new(name="hello", size=5)
THEIR_PARAMS = theirs.Lab.schema.methods["start"].param_type


def our_call():
    made = rpc_capnp.Message.new()
    call = made.init_call()
    call._fill(question_id=1, interface_id=5, method_id=3)
    call.init_target().imported_cap = 1
    call.init_params().content = ours.Lab.StartParams.new(name="hello", size=5)
    return frame(made)


def their_call():
    made = their_rpc.Message.new_message()
    call = made.init("call")
    call.questionId = 1
    call.interfaceId = 5
    call.methodId = 3
    call.target.importedCap = 1
    content = call.params.init("content")
    params = content.as_struct(THEIR_PARAMS)
    params.name = "hello"
    params.size = 5
    return made.to_bytes()


SMALL, PERSON, CALL = bytes(our_point()), bytes(our_person()), bytes(our_call())
MANY = bytes(frame(ours.Lists.new(people=PEOPLE)))
INTS = bytes(frame(ours.Lists.new(int32s=NUMBERS)))
BLOB = bytes(frame(ours.Pointers.new(data=MEGABYTE)))


def our_read_small():
    read = ours.Scalars.read(SMALL)
    return read.int32, read.uint64, read.bool


def their_read_small():
    with theirs.Scalars.from_bytes(SMALL) as read:
        return read.int32, read.uint64, read.bool


def our_read_person():
    read = ours.Person.read(PERSON)
    return read.id, read.name, read.email, [p.number for p in read.phones], read.employment.employer


def their_read_person():
    with theirs.Person.from_bytes(PERSON) as read:
        return read.id, read.name, read.email, [p.number for p in read.phones], read.employment.employer


def our_read_call():
    (message,) = Framer().feed(CALL)
    call = message.root(rpc_capnp.Message).call
    params = call.params.content.as_struct(ours.Lab.StartParams)
    return (
        call.question_id,
        call.interface_id,
        call.method_id,
        call.target.imported_cap,
        params.name,
        params.size,
    )


def their_read_call():
    with their_rpc.Message.from_bytes(CALL) as message:
        call = message.call
        params = call.params.content.as_struct(THEIR_PARAMS)
        return (
            call.questionId,
            call.interfaceId,
            call.methodId,
            call.target.importedCap,
            params.name,
            params.size,
        )


def our_many():
    return frame(ours.Lists.new(people=PEOPLE))


def their_many():
    made = theirs.Lists.new_message()
    people = made.init("people", len(PEOPLE))
    for target, source in zip(people, PEOPLE, strict=True):
        target.id = source["id"]
        target.name = source["name"]
        target.init("phones", 1)[0].number = source["phones"][0]["number"]
    return made.to_bytes()


def our_read_many():
    return [(p.id, p.name, p.phones[0].number) for p in ours.Lists.read(MANY).people]


def their_read_many():
    with theirs.Lists.from_bytes(MANY) as read:
        return [(p.id, p.name, p.phones[0].number) for p in read.people]


def our_read_ints():
    return list(ours.Lists.read(INTS).int32s)


def their_read_ints():
    with theirs.Lists.from_bytes(INTS) as read:
        return list(read.int32s)


def their_read_blob():
    with theirs.Pointers.from_bytes(BLOB) as read:
        return len(read.data)


CASES = [
    ("encode 3 scalars", our_point, their_point, 5000),
    ("decode 3 scalars", our_read_small, their_read_small, 5000),
    ("encode a person", our_person, their_person, 2000),
    ("decode a person", our_read_person, their_read_person, 2000),
    ("encode a Call (rpc.capnp)", our_call, their_call, 2000),
    ("decode a Call (rpc.capnp)", our_read_call, their_read_call, 2000),
    ("encode 1,000 people", our_many, their_many, 5),
    ("decode 1,000 people", our_read_many, their_read_many, 5),
    ("encode 10,000 Int32", lambda: frame(ours.Lists.new(int32s=NUMBERS)),
     lambda: theirs.Lists.new_message(int32s=NUMBERS).to_bytes(), 20),
    ("decode 10,000 Int32", our_read_ints, their_read_ints, 20),
    ("encode 1 MiB of Data", lambda: frame(ours.Pointers.new(data=MEGABYTE)),
     lambda: theirs.Pointers.new_message(data=MEGABYTE).to_bytes(), 50),
    ("decode 1 MiB of Data", lambda: len(ours.Pointers.read(BLOB).data), their_read_blob, 200),
    ("pack 1,000 people", lambda: pack(MANY), None, 5),
    ("unpack 1,000 people", lambda: unpack(PACKED), None, 5),
    ("frame a Call, fed in one piece", lambda: FRAMER.feed(CALL), None, 20_000),
    ("build params only", lambda: ours.Lab.StartParams.new(name="hello", size=5), None, 20_000),
    ("read params only", lambda: read_message(SMALL).root(ours.Scalars).int32, None, 20_000),
]  # fmt: skip
FRAMER = Framer()
PACKED = pack(MANY)


def measure(rounds=5):
    rows = []
    for name, here, there, count in CASES:
        mine, other = [], []
        for _ in range(rounds):
            mine.append(timeit.timeit(here, number=count) / count)
            if there is not None:
                other.append(timeit.timeit(there, number=count) / count)
        row = {"case": name, "wetware_us": min(mine) * 1e6}
        if other:
            row |= {"pycapnp_us": min(other) * 1e6, "ratio": min(other) / min(mine)}
        rows.append(row)
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    rows = measure()
    print(f"{'':34}{'wetware':>12}{'pycapnp':>12}{'ratio':>8}")
    for row in rows:
        other = f"{row['pycapnp_us']:9.2f} µs{row['ratio']:8.2f}" if "ratio" in row else ""
        print(f"{row['case']:34}{row['wetware_us']:9.2f} µs{other}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
