"""A tree in YAML as different people write it: comments, blank lines, quotes, brackets and indentation at random."""

from typing import Any

from hypothesis import strategies as st
from returned_tables import HEAD


def a_styled_tree(draw: Any) -> dict[str, str]:
    """The files of a tree of two or three groups of indicators worth 2 points each, by name."""
    groups = draw(st.integers(2, 3))
    sizes = [draw(st.integers(2, 4)) for _ in range(groups)]
    parts = draw(st.booleans())
    dash, step = draw(st.sampled_from([(0, 2), (2, 2), (2, 4)])), draw(st.sampled_from([0, 2]))
    texts = [_group(draw, i + 1, size, dash, step) for i, size in enumerate(sizes)]
    head, _, _ = HEAD.partition("blocks:")
    head = head.replace("points: 20", f"points: {2 * sum(sizes)}").replace("at_least: 18", "at_least: 3")
    if not parts:
        return {"tree.yaml": f"{head}nodes:\n{''.join(texts)}"}
    names = [f"{i + 1}.yaml" for i in range(groups)]
    files = {name: f"nodes:\n{text}" for name, text in zip(names, texts, strict=True)}
    return {"tree.yaml": f"{head}parts: [{', '.join(names)}]\n", **files}


def _group(draw: Any, number: int, size: int, dash: tuple[int, int], step: int) -> str:
    column, inner = dash
    pad, key = " " * column, " " * (column + inner)
    code = f"{number:02}"
    lines = [
        *_above(draw, pad, code),
        f'{pad}-{" " * (inner - 1)}code: "{code}"',
        f"{key}title: {_quoted(draw, f'第{number}类')}",
    ]
    lines += [f"{key}points: {2 * size}{draw(st.sampled_from(['', '   # 合计']))}", f"{key}children:"]
    for i in range(1, size + 1):
        lines += _item(draw, f"{code}-{i}", column + inner + step, inner)
    return "".join(f"{line}\n" for line in lines)


def _above(draw: Any, pad: str, code: str) -> list[str]:
    lines = [""] * draw(st.integers(0, 1))
    return [*lines, f"{pad}# 关于 {code}"] if draw(st.booleans()) else lines


def _quoted(draw: Any, text: str) -> str:
    return str(draw(st.sampled_from([text, f"'{text}'", f'"{text}"'])))


def _item(draw: Any, code: str, column: int, inner: int) -> list[str]:
    pad, key = " " * column, " " * (column + inner)
    above = _above(draw, pad, code)
    rest = "applies_to: all, basis: 依据, fields: [{code: y, name: 已做, type: yes_no}], rule: {kind: all_or_nothing}"
    if draw(st.integers(0, 3)) == 0:
        return [*above, f'{pad}- {{code: "{code}", title: 项{code}, points: 2, {rest}}}']
    lines = [f'{pad}-{" " * (inner - 1)}code: "{code}"', f"{key}title: {_quoted(draw, f'项{code}')}", f"{key}points: 2"]
    lines += [
        f"{key}{each}"
        for each in rest.replace("yes_no}], ", "yes_no}]; ")
        .replace("all, ", "all; ")
        .replace("据, ", "据; ")
        .split("; ")
    ]
    if draw(st.booleans()):
        lines.insert(4, f"{key}lead: [甲局,  # 牵头\n{key}  乙局]")
    if draw(st.booleans()):
        lines += [f"{key}evidence:", f"{key}  - 台账   # 一", f"{key}  - 文件"]
    if draw(st.booleans()):
        lines += [f"{key}note: |", f"{key}  # 不是注释", f"{key}  第二行"]
    if draw(st.booleans()):
        lines += ["", f"{key}# 属于 {code}"]
    return [*above, *lines]
