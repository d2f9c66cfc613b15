"""The stub repeats the docstrings of the extension module, because an editor reads only the stub.

What a name means is written once, in Rust. `BLESS=1` writes the docstrings into the stub of this checkout, and
`ruff format` does the rest.
"""

from __future__ import annotations

import ast
import inspect
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from statefulset import _statefulset

STUB = Path(__file__).parents[1] / "python" / "statefulset" / "_statefulset.pyi"
Definition: TypeAlias = ast.ClassDef | ast.FunctionDef


def definitions(tree: ast.Module) -> Iterator[tuple[Definition, str]]:
    """Public classes, functions and members, each with what the module says of it."""
    for outer in tree.body:
        if not isinstance(outer, Definition):
            continue
        yield outer, told(getattr(_statefulset, outer.name))
        for inner in outer.body if isinstance(outer, ast.ClassDef) else ():
            if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                yield inner, told(getattr(getattr(_statefulset, outer.name), inner.name))


def told(it: object) -> str:
    """A docstring, without what an object only inherits."""
    doc = getattr(it, "__doc__", None)
    return inspect.cleandoc(doc) if doc and doc != type(it).__doc__ else ""


def with_docstrings(source: str) -> str:
    """The stub with the module's docstrings in the place of its own."""
    lines = source.splitlines()
    for it, doc in sorted(definitions(ast.parse(source)), key=lambda found: -found[0].lineno):
        indent = " " * (it.col_offset + 4)
        first, *rest = doc.replace("\\", "\\\\").splitlines() or [""]
        text = [f'"""{first}', *rest, '"""'] if rest else [f'"""{first}"""']
        written = [f"{indent}{line}".rstrip() for line in text]
        match it.body[0]:
            case ast.Expr(value=ast.Constant(value=str()), lineno=begin, end_lineno=int(end)):
                lines[begin - 1 : end] = written
            case ast.Expr(lineno=begin, col_offset=column):
                lines[begin - 1 : begin] = [lines[begin - 1][:column].rstrip(), *written]
            case ast.FunctionDef(decorator_list=[decorator, *_]):
                lines[decorator.lineno - 1 : decorator.lineno - 1] = written
            case statement:
                lines[statement.lineno - 1 : statement.lineno - 1] = written
    return "\n".join(lines) + "\n"


if os.environ.get("BLESS"):
    STUB.write_text(with_docstrings(STUB.read_text()))

TREE = ast.parse(STUB.read_text())


def test_the_stub_says_what_the_module_says() -> None:
    said = [(it.name, ast.get_docstring(it)) for it, _ in definitions(TREE)]
    assert said == [(it.name, doc) for it, doc in definitions(TREE)]


def test_no_public_name_lacks_a_docstring() -> None:
    assert [it.name for it, doc in definitions(TREE) if not doc] == []


def test_every_constant_of_the_stub_has_a_line_below_it() -> None:
    bodies = [TREE.body, *(it.body for it in TREE.body if isinstance(it, ast.ClassDef))]
    silent = [
        ast.unparse(line)
        for body in bodies
        for line, below in zip(body, [*body[1:], None], strict=True)
        if isinstance(line, ast.AnnAssign)
        and not ast.unparse(line).startswith("_Action")
        and not (isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and below.value.value)
    ]
    assert silent == []
