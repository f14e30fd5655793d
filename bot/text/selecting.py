"""Which messages choose their words by an argument. All others read alike whatever is filled in."""

from __future__ import annotations

from collections.abc import Collection

from fluent.syntax import ast, visitor


class _Reading(visitor.Visitor):
    """What one message chooses by, and which others it refers to."""

    def __init__(self, settled: Collection[str]) -> None:
        self.settled = settled
        self.chooses = False
        self.refers: set[str] = set()

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802 - Fluent's own naming
        by = node.selector
        self.chooses |= not (isinstance(by, ast.VariableReference) and by.id.name in self.settled)
        self.generic_visit(node)

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802
        self.chooses = True
        self.generic_visit(node)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.refers.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802
        self.refers.add(f"-{node.id.name}")
        self.generic_visit(node)


def selecting(resource: ast.Resource, settled: Collection[str]) -> frozenset[str]:
    """Names of messages and terms whose words depend on an argument that is not among the `settled` ones."""
    read: dict[str, _Reading] = {}
    for entry in resource.body:
        if isinstance(entry, (ast.Message, ast.Term)):
            name = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
            read[name] = _Reading(settled)
            read[name].visit(entry)
    found = {name for name, one in read.items() if one.chooses}
    while more := {name for name, one in read.items() if one.refers & found} - found:
        found |= more
    return frozenset(found)
