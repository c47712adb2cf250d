"""The guest programs of the tests are what they say: every one is accepted by the engine's own validation."""

import pytest
import wasmtime

from guests import build


@pytest.fixture(scope="module")
def engine():
    return wasmtime.Engine()


@pytest.mark.parametrize("name", build.names("c"))
def test_c_programs_build(c_program, engine, name):
    wasmtime.Module.validate(engine, c_program(name).read_bytes())


@pytest.mark.parametrize("name", build.names("wat"))
def test_wat_programs_translate(wat_program, engine, name):
    wasmtime.Module.validate(engine, wasmtime.wat2wasm(wat_program(name).read_text()))


@pytest.mark.slow
@pytest.mark.parametrize("name", build.names("go"))
def test_go_programs_build(go_program, engine, name):
    wasmtime.Module.validate(engine, go_program(name).read_bytes())


def test_a_program_is_built_once(c_program):
    first = c_program("hello")
    before = first.stat()
    second = c_program("hello")
    assert second == first
    assert second.stat().st_ino == before.st_ino
    assert c_program("hello", "-O0") != first


def test_a_compiler_error_is_told(tmp_path, monkeypatch, c_program):
    monkeypatch.setattr(build, "CACHE", tmp_path / "cache")
    source = tmp_path / "broken.c"
    source.write_text("int main(void) { return ; nonsense }\n")
    with pytest.raises(build.BuildFailed, match="nonsense"):
        build.compile_c(source)
    assert not list((tmp_path / "cache").glob("*.wasm"))
