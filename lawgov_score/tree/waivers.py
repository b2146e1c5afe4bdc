"""Waivers: contradictions of the printed scheme that a reviewer lets stand, with the written reason."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.finding import Finding, problem_of


def with_waivers(document: Document, findings: Iterable[Finding], *, is_complete: bool) -> list[Problem]:
    """The findings as problems, waived where the tree says so; T220 for waivers without a matching problem.

    ``is_complete``: was everything read, so that a waiver without a problem is certain to match none?
    """
    reasons = {
        (waiver["code"], waiver["node"]): (i, waiver["reason"])
        for i, waiver in items_of(document.data, "waivers")
        if all(isinstance(waiver.get(key), str) for key in ("code", "node", "reason"))
    }
    problems: list[Problem] = []
    fitting: set[tuple[str, str]] = set()
    for finding in findings:
        what = (finding.code.value, node_code(finding.where, document.data))
        problem = problem_of(finding, document)
        if what in reasons:
            fitting.add(what)
            problem = replace(problem, waived=reasons[what][1])
        problems.append(problem)
    unknown = {finding.where for finding in findings if finding.code is Code.T223}
    for (code, node), (i, _) in reasons.items():
        where: Where = ("waivers", i)
        if is_complete and (code, node) not in fitting and (*where, "node") not in unknown:
            problems.append(problem_of(Finding((*where, "code"), Code.T220, {"waived": code, "node": node}), document))
    return problems


def node_code(where: Where, data: Any) -> str:
    """The code of the deepest node at or above ``where``; the tree's code if there is none."""
    code = data.get("code")
    for key in where:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(data, dict) and isinstance(data.get("code"), str) and {"children", "uses", "rule"} & data.keys():
            code = data["code"]
    return str(code)
