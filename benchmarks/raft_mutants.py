"""How many seeded faults in the Raft core the suites find.

Each fault is one small change to the core's syntax tree: a comparison turned or shifted by one, `and` for
`or`, a `not` dropped, a number off by one, `min` for `max`, an assignment to state or a call left out. They
are drawn at random (with a seed) from all places where one is possible, each is put into a copy of the
source in a temporary folder, and the suites run on that copy until the first failure. A fault is found if a
statement fails or the run takes too long.

    python benchmarks/raft_mutants.py --count 200 --seed 1

prints the survivors with their lines, and the rate; `--json FILE` writes both. The suites are
`tests/raft/test_traces.py` (with RAFT_TRACES set) and `tests/raft/test_core_*.py`; further ones can be
named with `--suite`.
"""

import argparse
import ast
import contextlib
import copy
import io
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORE = Path("src/wetware/raft/core")
SHIFTED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
TURNED = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
}
MEMORY = 2 << 30


class Sites(ast.NodeVisitor):
    """Collects the places of a module where a fault can be put: (kind, number of the node, line)."""

    def __init__(self):
        self.found = []
        self.numbers = {}
        self.quiet = 0  # inside what only words an error, or types

    def collect(self, tree):
        for number, node in enumerate(ast.walk(tree)):
            self.numbers[node] = number
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                self.visit(node)
        return self.found

    def add(self, kind, node):
        if not self.quiet:
            self.found.append((kind, self.numbers[node], node.lineno))

    def quietly(self, node):
        self.quiet += 1
        self.visit(node)
        self.quiet -= 1

    def visit_FunctionDef(self, node):
        for statement in node.body:
            self.visit(statement)

    def visit_ClassDef(self, node):
        for statement in node.body:
            if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
                self.visit(statement)

    def visit_Raise(self, node):
        self.quietly_children(node)

    def visit_JoinedStr(self, node):
        self.quietly_children(node)

    def quietly_children(self, node):
        self.quiet += 1
        self.generic_visit(node)
        self.quiet -= 1

    def visit_AnnAssign(self, node):
        if isinstance(node.target, ast.Attribute) and node.value is not None:
            self.add("drop assignment", node)
        if node.value is not None:
            self.visit(node.value)

    def visit_Assign(self, node):
        if any(isinstance(target, (ast.Attribute, ast.Subscript)) for target in node.targets):
            self.add("drop assignment", node)
        self.visit(node.value)

    def visit_AugAssign(self, node):
        self.add("drop assignment", node)
        self.add("swap + and -", node)
        self.visit(node.value)

    def visit_Delete(self, node):
        self.add("drop assignment", node)

    def visit_Expr(self, node):
        if isinstance(node.value, ast.Call):
            self.add("drop call", node)
        if not isinstance(node.value, ast.Constant):
            self.visit(node.value)

    def visit_Compare(self, node):
        if type(node.ops[0]) in TURNED:
            self.add("turn comparison", node)
        if type(node.ops[0]) in SHIFTED:
            self.add("shift comparison", node)
        self.generic_visit(node)

    def visit_BoolOp(self, node):
        self.add("and for or", node)
        self.generic_visit(node)

    def visit_UnaryOp(self, node):
        if isinstance(node.op, ast.Not):
            self.add("drop not", node)
        self.generic_visit(node)

    def visit_BinOp(self, node):
        if isinstance(node.op, (ast.Add, ast.Sub)):
            self.add("swap + and -", node)
        self.generic_visit(node)

    def visit_Constant(self, node):
        if isinstance(node.value, bool):
            self.add("turn constant", node)
        elif isinstance(node.value, int):
            self.add("one more", node)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Name) and node.func.id in ("min", "max"):
            self.add("min for max", node)
        self.generic_visit(node)


def mutate(tree, kind, number):
    """Put one fault into a copy of a module's tree."""
    tree = copy.deepcopy(tree)
    nodes = list(ast.walk(tree))
    node = nodes[number]
    if kind in ("drop assignment", "drop call"):
        parent, name, position = next(
            (one, name, value.index(node))
            for one in nodes
            for name, value in ast.iter_fields(one)
            if isinstance(value, list) and node in value
        )
        getattr(parent, name)[position] = ast.copy_location(ast.Pass(), node)
    elif kind == "turn comparison":
        node.ops[0] = TURNED[type(node.ops[0])]()
    elif kind == "shift comparison":
        node.ops[0] = SHIFTED[type(node.ops[0])]()
    elif kind == "and for or":
        node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
    elif kind == "drop not":
        node.op = ast.UAdd()
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
    elif kind == "swap + and -":
        node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    elif kind == "turn constant":
        node.value = not node.value
    elif kind == "one more":
        node.value += 1
    elif kind == "min for max":
        node.func.id = "max" if node.func.id == "min" else "min"
    else:
        raise ValueError(kind)
    return ast.unparse(ast.fix_missing_locations(tree))


def all_sites(folder):
    """Give every possible fault as (file, kind, number, line), in a fixed order."""
    sites = []
    for path in sorted((folder / CORE).rglob("*.py")):
        if path.name != "__init__.py":
            tree = ast.parse(path.read_text())
            relative = path.relative_to(folder / CORE)
            sites.extend((relative, *site) for site in Sites().collect(tree))
    return sites


def run_suites(folder, suites, seconds):
    """Run the suites on a copy in a process of its own; tell how it ended."""
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (3 * seconds, 3 * seconds))
            os.chdir(folder)
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            code = run_pytest(folder, suites, seconds)
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return "time" if os.WTERMSIG(status) == signal.SIGXCPU else "crash"
    return {0: "survived", 1: "killed", 2: "killed"}.get(os.WEXITSTATUS(status), "crash")


def run_pytest(folder, suites, seconds):
    import pytest

    sys.path[:] = [str(folder / "src"), str(folder / "tests" / "raft"), *sys.path]
    for name in [name for name in sys.modules if name == "wetware" or name.startswith("wetware.")]:
        del sys.modules[name]
    arguments = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:faulthandler", "--hypothesis-seed=1"]
    arguments += [f"--timeout={seconds}", *suites]
    with contextlib.redirect_stdout(io.StringIO()):
        return int(pytest.main(arguments))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=20, help="a statement that takes longer fails")
    parser.add_argument(
        "--suite", action="append", default=[], help="a further file of tests, relative to the project"
    )
    parser.add_argument("--file", help="only faults in this file of the core")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()

    import pytest  # noqa: F401 - loaded once, before the processes are forked

    suites = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/raft").glob("test_core_*.py"))
    suites = ["tests/raft/test_traces.py", "tests/raft/test_own_vote.py", *suites, *options.suite]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in (
            "src/wetware/__init__.py",
            "src/wetware/errors.py",
            "pyproject.toml",
            "tests/conftest.py",
        ):
            (folder / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / part, folder / part)
        for part in ("src/wetware/raft", "tests/raft"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "src/wetware/__init__.py").write_text("")
        if run_suites(folder, suites, 600) != "survived":
            sys.exit("the suites fail on the unchanged source; mend that first")
        sites = [site for site in all_sites(folder) if options.file in (None, str(site[0]))]
        chosen = random.Random(options.seed).sample(sites, min(options.count, len(sites)))
        report(options, sites, *attack(options, folder, chosen, suites))


def attack(options, folder, chosen, suites):
    """Put in each fault in turn; give the outcomes and the survivors."""
    outcomes, survivors = {}, []
    for count, (relative, kind, number, line) in enumerate(chosen, 1):
        path = folder / CORE / relative
        source = path.read_text()
        path.write_text(mutate(ast.parse(source), kind, number))
        begun = time.perf_counter()
        outcome = run_suites(folder, suites, options.seconds)
        path.write_text(source)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        text = source.splitlines()[line - 1].strip()
        if outcome == "survived":
            survivors.append({"file": str(relative), "line": line, "fault": kind, "source": text})
        print(
            f"{count:4d}/{len(chosen)} {outcome:8s} {time.perf_counter() - begun:5.1f} s"
            f"  {relative}:{line} {kind}: {text}",
            file=sys.stderr,
            flush=True,
        )
    return outcomes, survivors


def report(options, sites, outcomes, survivors):
    total = sum(outcomes.values())
    found = total - len(survivors)
    print(f"{len(sites)} possible faults, {total} tried with seed {options.seed}: {outcomes}")
    for one in survivors:
        print(f"  survived: {one['file']}:{one['line']} {one['fault']}: {one['source']}")
    print(f"found {found} of {total}: {100 * found / total:.1f} %")
    if options.json:
        result = {
            "possible": len(sites),
            "tried": total,
            "seed": options.seed,
            "found": found,
            "survivors": survivors,
        }
        options.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
