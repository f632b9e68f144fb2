"""a problem set's folder -> its Python files, parsed, and where a name in one is defined; none is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef
LARGEST = 1 << 20  # bytes of a file: what is longer is data


@dataclass(frozen=True)
class Import:
    """A name taken from another file of the problem set; `name` is '' where the file itself is."""

    file: Path
    name: str
    line: int


class Module:
    """One file: what it defines at its top, and what it takes from other files of the problem set."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        self.path = path
        self.tree = tree

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes of the file."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def defined(self) -> dict[str, ast.AST]:
        """What each name of the top level stands for: a function, a class, or the value given last."""
        found: dict[str, ast.AST] = {}
        for node in statements(self.tree):
            if isinstance(node, Function | ast.ClassDef):
                found[node.name] = node
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found |= {one.id: node.value for one in targets if isinstance(one, ast.Name)}
        return found

    @cached_property
    def imported(self) -> dict[str, Import]:
        """The names that come from the problem set itself; '*' stands for all of a file."""
        found: dict[str, Import] = {}
        for node in self.nodes:
            if isinstance(node, ast.ImportFrom) and node.level:
                base = self.path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
                for alias in node.names:
                    inner = _file(base / alias.name) if not node.module else None
                    source = (inner, "") if inner else (_file(base) or base, alias.name)
                    found[alias.asname or alias.name] = Import(*source, node.lineno)
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that is bound anywhere in the file: what another can hope to take from it."""
        bound = set(self.imported) | set(self.defined)
        for node in self.nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                bound.add(node.id)
            elif isinstance(node, Function | ast.ClassDef):
                bound.add(node.name)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                bound |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        return frozenset(bound)


@dataclass(frozen=True, eq=False)
class Place:
    """A definition and the file that it stands in."""

    module: Module
    node: ast.AST

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All nodes of the definition."""
        return tuple(ast.walk(self.node))


class Sources:
    """The files of a problem set: its own modules, checks/ (or public/), and what these import of it."""

    def __init__(self, folder: Path, checks: str = "checks") -> None:
        self.folder = folder
        self.checks = folder / checks
        self.broken: list[str] = []  # a line for each file that is no Python
        self._modules: dict[Path, Module | None] = {}
        self._places: dict[
            tuple[Path, str], Place
        ] = {}  # each definition once: what it holds is looked up often
        paths = [*sorted(folder.glob("*.py")), *sorted(self.checks.rglob("*.py"))]
        self.modules = [module for path in paths if (module := self.module(path))]

    def module(self, path: Path) -> Module | None:
        """Return a file parsed, None where there is none or where it is broken, which is told then."""
        if path not in self._modules:
            self._modules[path] = self._parsed(path)
        return self._modules[path]

    def _parsed(self, path: Path) -> Module | None:
        try:
            if path.stat().st_size > LARGEST:
                return None
            return Module(path, ast.parse(path.read_bytes()))
        except SyntaxError as fault:
            self.broken.append(f"{path}: line {fault.lineno}: {fault.msg}")
        except (OSError, ValueError, RecursionError) as fault:
            self.broken.append(f"{path}: {fault}")
        return None

    def check_files(self) -> list[Module]:
        """Return the files that pytest looks for tests in."""
        return [
            module
            for module in self.modules
            if module.path.is_relative_to(self.checks)
            and (module.path.name.startswith("test_") or module.path.name.endswith("_test.py"))
        ]

    def find(self, expression: ast.AST, module: Module) -> Place | None:
        """Return what a name, or one of an imported file (`data.TEST`), stands for at a file's top."""
        if isinstance(expression, ast.Name):
            return self._named(expression.id, module)
        if isinstance(expression, ast.Attribute) and isinstance(expression.value, ast.Name):
            taken = module.imported.get(expression.value.id)
            other = self.module(taken.file) if taken and not taken.name else None
            return self._named(expression.attr, other) if other else None
        return None

    def _named(self, name: str, module: Module, steps: int = 8) -> Place | None:
        if name in module.defined:
            key = (module.path, name)
            return self._places.setdefault(key, Place(module, module.defined[name]))
        taken = module.imported.get(name)
        other = self.module(taken.file) if taken and taken.name and steps else None
        return self._named(taken.name, other, steps - 1) if taken and other else None


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the statements of a file's top level, those under its ifs, tries and withs too."""
    for node in ast.iter_child_nodes(tree):
        yield node
        if isinstance(node, ast.If | ast.Try | ast.With | ast.ExceptHandler):
            yield from statements(node)


def _file(base: Path) -> Path | None:
    """Return the file of a module, or of a package, None where there is neither."""
    options = (base.with_name(f"{base.name}.py"), base / "__init__.py")
    return next((path for path in options if path.is_file()), None)
