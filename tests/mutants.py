"""`make mutants`: change one thing at a time in the code that must not be wrong, and see whether the tests notice.

Each change is made in a fork of a process that has imported everything, in the code objects of the functions it is about: no
file is touched, and a mutant costs no more than its tests. (mutmut expects a package in a folder of its own, here it is
the root; cosmic-ray rewrites the files of the checkout, and has no sample.) `SAMPLE=40` tries so many of each file, the same each
time; without it all are tried. What lives is printed, to be read: some mutants mean the same as the original.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import os
import random
import signal
import sys
import types
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("ROADPRESS_EXAMPLES", "20")  # a law is tried with fewer cases than in `make test`
ROOT = Path(__file__).resolve().parents[1]
TARGETS = {
    "exporters/boards/planning/three_way.py": "trello/test_three_way.py",
    "core/planning/sequencing.py": "planning/test_sequencing.py",
    "core/identity/matching.py": "identity/test_matching.py",
}
"""Files, and the tests that are to notice."""
SECONDS = 120
"""A mutant that takes longer runs in a circle, which is noticed, too."""

SWAPS: dict[type[ast.AST], type[Any]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
}


def changes(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """Return what may be put into which field of a node."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPS:
            yield "ops", [SWAPS[type(op)]()]
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in SWAPS:
            yield "op", SWAPS[type(op)]()
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) | ast.comprehension(ifs=[test]):
            negated = ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
            yield ("ifs", [negated]) if isinstance(node, ast.comprehension) else ("test", negated)
        case ast.Constant(value=bool(value)):
            yield "value", not value
        case ast.Constant(value=int(value) | float(value)):
            yield "value", value + 1
        case ast.Expr(value=ast.Call() as call) | ast.Return(value=ast.expr() as call):
            yield "value", ast.copy_location(ast.Constant(None), call)


def mutants(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Change the tree in one place after the other; return each place's line and what is new there."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    constants = [node.value for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign) and node.value]
    for part in (*(line for function in functions for line in function.body), *constants):
        for node in ast.walk(part):
            for name, value in changes(node):
                before = getattr(node, name)
                setattr(node, name, value)
                shown = ast.unparse(node) if not isinstance(node, ast.comprehension) else ast.unparse(node.ifs[0])
                yield getattr(node, "lineno", part.lineno), shown.partition("\n")[0][:100]
                setattr(node, name, before)


def functions_in(owner: dict[str, Any], module: str) -> Iterator[tuple[str, types.FunctionType]]:
    for name, value in owner.items():
        inner = getattr(value, "__func__", getattr(value, "fget", value))
        if isinstance(inner, types.FunctionType) and inner.__module__ == module:
            yield name, inner
        elif isinstance(value, type) and value.__module__ == module:
            yield from ((f"{name}.{method}", function) for method, function in functions_in(vars(value), module))


def put_in(module: types.ModuleType, tree: ast.Module) -> None:
    """Give a module's functions and constants what the tree says; whoever imported them has it, too."""
    changed = {**{name: vars(module)[name] for name in ("__name__", "__package__", "__file__")}}
    exec(compile(ast.fix_missing_locations(tree), str(module.__file__), "exec"), changed)
    theirs = dict(functions_in(vars(module), module.__name__))
    for name, function in functions_in(changed, module.__name__):
        if name in theirs and theirs[name].__code__.co_freevars == function.__code__.co_freevars:
            theirs[name].__code__ = function.__code__
    vars(module).update({name: value for name, value in changed.items() if isinstance(value, int | float | tuple)})


def passes(test: str) -> bool:
    """Return whether a file of tests passes; says nothing."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return pytest.main(["-x", "-q", "-p", "no:cacheprovider", str(ROOT / "tests" / test)]) == pytest.ExitCode.OK


def noticed(change: Callable[[], None], test: str) -> bool:
    """Return whether a test fails after a change, which is made in a child of this process."""
    child = os.fork()
    if not child:
        signal.alarm(SECONDS)
        change()
        os._exit(0 if passes(test) else 1)
    return os.waitpid(child, 0)[1] != 0


def main() -> int:
    """Try each target; the exit code is 1 only when tests fail without any change."""
    os.chdir(ROOT)
    sample = int(os.environ.get("SAMPLE") or 0)
    for path, test in TARGETS.items():
        if os.environ.get("ONLY", "") not in path:
            continue
        if not passes(test):  # and all that it needs is imported now
            sys.stdout.write(f"{test} fails without any change\n")
            return 1
        module = importlib.import_module(f"roadpress.{path.removesuffix('.py').replace('/', '.')}")
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        total = sum(1 for _ in mutants(tree))
        chosen = set(random.Random(1).sample(range(total), min(sample or total, total)))
        living = 0
        for number, (line, text) in enumerate(mutants(tree)):
            if number in chosen and not noticed(partial(put_in, module, tree), test):
                living += 1
                sys.stdout.write(f"{path}:{line}: lives: {text}\n")
                sys.stdout.flush()
        sys.stdout.write(f"{path}: {len(chosen) - living} of {len(chosen)} noticed\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
