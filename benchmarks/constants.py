"""The constants of the source that decide something: found, moved, and where they are read.

A constant is a name in capitals that a module or class binds to a number, or to tuples, dicts or
calls of classes that hold numbers; every number counts on its own. Moving one runs its statement
anew with another number, in the module that is imported already, together with every statement that
took the value in while modules were imported: `B = A + 2`, `def f(x=A)`, `from x import A`.
"""

from __future__ import annotations
import __future__

import ast
import importlib
import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

CAPITALS = re.compile(r"_*[A-Z][A-Z0-9_]*")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
DOWN, UP = 0.4, 2.5
"""What a number is multiplied with: far enough that a test of what it decides must notice."""


@dataclass(frozen=True)
class Number:
    """One number of a constant."""

    module: str
    """The module's name below the package."""
    name: str
    """Of the constant, after its class's name and a dot if it is one of a class."""
    part: str
    """Where in the constant the number stands: ``[0]``, ``['a']``, ``(width)``, or nothing."""
    value: float
    place: tuple[int, int]
    """Line and column of the number."""

    @property
    def key(self) -> str:
        return f"{self.module}:{self.name}{self.part}"

    @property
    def room(self) -> str:
        return self.module.rpartition(".")[0] or "(top level)"

    def moves(self) -> tuple[float, float]:
        """A smaller and a larger number, both clearly another.

        A share (between 0 and 1) stays one: the larger lies at most six tenths of the way to 1.
        """
        value = self.value
        if value == 0:
            return -1, 1
        ends = sorted((value * DOWN, value * UP))
        if isinstance(value, int):
            return min(math.floor(ends[0]), value - 1), max(math.ceil(ends[1]), value + 1)
        if 0 < value < 1:
            ends[1] = min(ends[1], value + 0.6 * (1 - value))
        return float(f"{ends[0]:.4g}"), float(f"{ends[1]:.4g}")


def arithmetic(node: ast.AST) -> bool:
    """Whether an expression holds numbers only."""
    match node:
        case ast.Constant(value=value):
            return type(value) in (int, float)
        case ast.UnaryOp(operand=operand):
            return arithmetic(operand)
        case ast.BinOp(left=left, right=right):
            return arithmetic(left) and arithmetic(right)
    return False


def numbers_in(node: ast.expr, part: str = "") -> Iterator[tuple[str, ast.expr]]:
    """(part, expression) of every number of a constant's value."""
    if arithmetic(node):
        yield part, node
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for index, item in enumerate(node.elts):
            yield from numbers_in(item, f"{part}[{index}]")
    elif isinstance(node, ast.Dict):
        for key, item in zip(node.keys, node.values, strict=True):
            yield from numbers_in(item, f"{part}[{ast.unparse(key) if key else '**'}]")
    elif isinstance(node, ast.Call) and holds_values(node.func):
        for index, item in enumerate(node.args):
            yield from numbers_in(item, part if len(node.args) == 1 else f"{part}({index})")
        for keyword in node.keywords:
            yield from numbers_in(keyword.value, f"{part}({keyword.arg})")


def holds_values(called: ast.expr) -> bool:
    """Whether a call makes a thing of its arguments: a class, ``frozenset``, ``range``."""
    if isinstance(called, ast.Subscript):
        called = called.value
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name[:1].isupper() or name in ("frozenset", "tuple", "range")


def bound(statement: ast.stmt) -> set[str]:
    """The names that a statement binds where it stands."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            return {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    return set()


def assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """(name, value) of an assignment; ``A, B = 1, 2`` gives two."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            for target, value in zip(names, values, strict=True):
                if isinstance(target, ast.Name):
                    yield target.id, value


def read_at_import(node: ast.AST) -> Iterator[ast.Name]:
    """The names that a statement reads when its module is imported; annotations are not read."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns") or (name == "body" and isinstance(node, FUNCTIONS)):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from read_at_import(child)


@dataclass
class Source:
    """A module's source."""

    name: str
    """In full."""
    path: Path
    tree: ast.Module = field(repr=False)

    def is_ours(self, package: str) -> bool:
        """Whether it is of the package, not of its tests."""
        return self.name.startswith(f"{package}.")

    @cached_property
    def in_functions(self) -> dict[str, set[int]]:
        """The lines in functions that read a name, ``.name`` for an attribute."""
        found: dict[str, set[int]] = {}
        for function in (node for node in ast.walk(self.tree) if isinstance(node, FUNCTIONS)):
            body = function.body if isinstance(function.body, list) else [function.body]
            for statement in body:
                for node in ast.walk(statement):
                    if isinstance(node, ast.Name | ast.Attribute):
                        name = node.id if isinstance(node, ast.Name) else f".{node.attr}"
                        found.setdefault(name, set()).update((node.lineno, statement.lineno))
        return found


@dataclass(frozen=True)
class Step:
    """What has to happen in a module for a moved constant to be known there."""

    source: Source
    names: frozenset[str]
    """That have other values afterwards."""
    statement: ast.stmt | None
    """To be run anew, or nothing: ``names`` come from another module."""
    taken_from: tuple[str, str] = ("", "")
    """That module and the name there."""


class Constants:
    """All constants of a package in ``root/src``, and the modules of ``root/tests``."""

    def __init__(self, root: Path, package: str) -> None:
        self.package = package
        self.sources: dict[str, Source] = {}
        for path in sorted((root / "src").rglob("*.py")):
            parts = path.relative_to(root / "src").with_suffix("").parts
            dotted = ".".join((package, *parts)).removesuffix(".__init__")
            self.sources[dotted] = Source(dotted, path, ast.parse(path.read_text("utf-8")))
        for path in sorted((root / "tests").glob("*.py")):
            self.sources[path.stem] = Source(path.stem, path, ast.parse(path.read_text("utf-8")))

    def numbers(self) -> Iterator[Number]:
        for source in self.sources.values():
            if source.is_ours(self.package):
                module = source.name.removeprefix(f"{self.package}.")
                for name, value in self._constants(source.tree):
                    for part, node in numbers_in(value):
                        number = eval(compile(ast.Expression(node), module, "eval"), {})
                        yield Number(module, name, part, number, (node.lineno, node.col_offset))

    def _constants(self, tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
        for statement in tree.body:
            for name, value in assigned(statement):
                if CAPITALS.fullmatch(name):
                    yield name, value
            if isinstance(statement, ast.ClassDef) and not any(
                ast.unparse(base).endswith(("Enum", "Flag")) for base in statement.bases
            ):
                for inner in statement.body:
                    for name, value in assigned(inner):
                        if CAPITALS.fullmatch(name):
                            yield f"{statement.name}.{name}", value

    def steps(self, number: Number) -> Iterator[Step]:
        """Everything that took the constant in, in the order of being imported."""
        first = self.sources[f"{self.package}.{number.module}"]
        line = number.place[0]
        origin = next(s for s in first.tree.body if s.lineno <= line <= (s.end_lineno or 0))
        yield Step(first, frozenset(bound(origin)), origin)
        yield from self._spread(first, bound(origin), origin.lineno, {first.name})

    def _spread(
        self, source: Source, names: set[str], after: int, seen: set[str]
    ) -> Iterator[Step]:
        changed = set(names)
        for statement in source.tree.body:
            if statement.lineno > after and {n.id for n in read_at_import(statement)} & changed:
                if isinstance(statement, ast.If):  # "if TYPE_CHECKING", "if __name__"
                    continue
                changed |= bound(statement)
                yield Step(source, frozenset(bound(statement)), statement)
        for other in self.sources.values():
            for statement in other.tree.body:
                if not isinstance(statement, ast.ImportFrom) or statement.module != source.name:
                    continue
                for alias in statement.names:
                    ours = alias.asname or alias.name
                    if alias.name in changed and (key := f"{other.name}:{ours}") not in seen:
                        taken = (source.name, alias.name)
                        yield Step(other, frozenset({ours}), None, taken)
                        yield from self._spread(other, {ours}, statement.lineno, seen | {key})

    def lines(self, number: Number) -> set[tuple[str, int]]:
        """(file, line) of the lines in functions that read the number or what is made of it."""
        found: set[tuple[str, int]] = set()
        outer, _, inner = number.name.rpartition(".")
        wanted = {f".{inner}"}  # module.NAME, Class.NAME, self.NAME
        for source in self.sources.values():
            found |= {(str(source.path), n) for w in wanted for n in source.in_functions.get(w, ())}
        for step in self.steps(number):
            statement, path = step.statement, str(step.source.path)
            for name in step.names - {outer}:
                found |= {(path, line) for line in step.source.in_functions.get(name, ())}
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                found |= {(path, inside.lineno) for inside in statement.body}
            elif isinstance(statement, ast.ClassDef) and not outer:
                found |= {(path, line) for line in step.source.in_functions.get(statement.name, ())}
        return found

    def move(self, number: Number, value: float) -> None:
        """Give the number another value in the modules that are imported."""
        first, *others = self.steps(number)
        _run_moved(first, number, value)
        for step in others:
            module = sys.modules.get(step.source.name)
            if module is None:
                continue  # it takes the new value when it is imported
            if step.statement is None:
                (name,) = step.names
                setattr(module, name, getattr(sys.modules[step.taken_from[0]], step.taken_from[1]))
            elif step.source.is_ours(self.package):  # tests are collected already
                _run(step.statement, vars(module), step.source.path)


def _run_moved(step: Step, number: Number, value: float) -> None:
    """Run the constant's own statement with another number."""
    module = importlib.import_module(step.source.name)
    tree = ast.parse(step.source.path.read_text("utf-8"))
    moved = next(s for s in tree.body if step.statement and s.lineno == step.statement.lineno)
    moved = _Replace(number.place, value).visit(moved)
    if not isinstance(moved, ast.ClassDef):
        _run(moved, vars(module), step.source.path)
        return
    name = number.name.rpartition(".")[2]
    space = dict(vars(module))
    _run(next(s for s in moved.body if name in bound(s)), space, step.source.path)
    setattr(getattr(module, moved.name), name, space[name])


def _run(statement: ast.stmt, space: dict[str, Any], path: Path) -> None:
    flags = __future__.annotations.compiler_flag
    code = compile(ast.Module([statement], []), str(path), "exec", flags, dont_inherit=True)
    exec(code, space)


class _Replace(ast.NodeTransformer):
    def __init__(self, place: tuple[int, int], value: float) -> None:
        self.place, self.value = place, value

    def generic_visit(self, node: ast.AST) -> ast.AST:
        at = (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))
        if at == self.place and isinstance(node, ast.expr) and arithmetic(node):
            new = ast.parse(repr(self.value), mode="eval").body
            for part in ast.walk(new):
                ast.copy_location(part, node)
            return new
        return super().generic_visit(node)
