"""What one message chooses its words by, and which others it refers to."""

from __future__ import annotations

from collections.abc import Collection

from fluent.syntax import ast, visitor


class Reading(visitor.Visitor):
    """`chooses`: by an argument that is not settled. `refers`: to messages by name, to terms by name with a minus."""

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


def reading(entry: ast.Message | ast.Term, settled: Collection[str]) -> Reading:
    found = Reading(settled)
    found.visit(entry)
    return found
