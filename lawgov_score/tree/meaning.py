"""What no schema can say of a tree: all such checks, run together, and the waivers applied."""

from collections.abc import Iterator

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem
from lawgov_score.tree.document import Document, Where
from lawgov_score.tree.draft import Draft, draft
from lawgov_score.tree.finding import Finding
from lawgov_score.tree.meaning_fields import check_fields
from lawgov_score.tree.meaning_head import check_head
from lawgov_score.tree.meaning_nodes import check_nodes, entries
from lawgov_score.tree.meaning_rules import check_rules
from lawgov_score.tree.waivers import with_waivers


def check_meaning(document: Document, *, is_complete: bool) -> tuple[dict[Where, Draft], list[Problem]]:
    """The indicators as read, by where they stand, and all that is wrong with what the tree means.

    ``is_complete``: had the shape no errors?
    """
    nodes = entries(document.data)
    drafts = {node.where: draft(document, node.where, node.data) for node in nodes if not node.is_group}

    def all_findings() -> Iterator[Finding]:
        yield from check_head(document, nodes)
        yield from check_nodes(document, nodes)
        for indicator in drafts.values():
            yield from check_fields(document, indicator)
            yield from check_rules(document, indicator)

    once: dict[tuple[Where, Code], Finding] = {}
    for finding in all_findings():
        once.setdefault((finding.where, finding.code), finding)
    return drafts, with_waivers(document, once.values(), is_complete=is_complete)
