"""T2xx, what is written once and used by name: scales and blocks."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import NOTHING, Entry, Severity
from lawgov_score.wording import Words

_CURE = Words("{cure}", "{cure}")

TREE_ONCE: dict[Code, Entry] = {
    Code.T275: Entry(
        Severity.WARNING,
        Words("{what} {name} 没有用到", "Nothing uses the {what} {name}"),
        Words("至少用到一处", "a use of it at least"),
        NOTHING,
        Words("删去，或在该用的地方写上它的名称", "Remove it, or name it where it is meant"),
        "scales: {extent: [{option: 全部, score: 100%}, …]}\n# rule: {…, options: [{option: 全部, score: 3}, …]}",
        "scales: {extent: [{option: 全部, score: 100%}, …]}\n# rule: {…, options: extent}",
    ),
    Code.T276: Entry(
        Severity.ERROR,
        Words("没有叫 {name} 的{what}", "No {what} is called {name}"),
        Words("tree.yaml 里写好的{what}的名称", "the name of a {what} in tree.yaml"),
        NOTHING,
        _CURE,
        "scales: {extent: […]}\n# rule: {kind: choice, …, options: extend}",
        "scales: {extent: […]}\n# rule: {kind: choice, …, options: extent}",
    ),
    Code.T277: Entry(
        Severity.ERROR,
        Words("块 {name} 套用了它自己：{cycle}", "The block {name} uses itself: {cycle}"),
        Words("一块只套用别的块", "blocks that use others only"),
        NOTHING,
        Words("去掉其中一处套用", "Remove one of the uses"),
        'blocks:\n  dataset: {children: [{block: dataset, code: "1", …}], …}',
        'blocks:\n  dataset: {children: [{block: question, code: "1", …}], …}\n  question: {…}',
    ),
    Code.T278: Entry(
        Severity.ERROR,
        Words("块 {block} 不用 with 里的 {name}", "The block {block} does nothing with {name}"),
        Words("块里写着 <…> 的名称", "a name that stands as <…> in the block"),
        Words("{name}", "{name}"),
        _CURE,
        'blocks:\n  dataset: {…, rule: {kind: late, due: <due>, …}}\n# {block: dataset, …, with: {day: "03-31"}}',
        'blocks:\n  dataset: {…, rule: {kind: late, due: <due>, …}}\n# {block: dataset, …, with: {due: "03-31"}}',
    ),
    Code.T279: Entry(
        Severity.ERROR,
        Words("块 {block} 里的 <{name}> 没有给出填什么", "Nothing says what <{name}> in the block {block} stands for"),
        Words("with: {{{name}: …}}", "with: {{{name}: …}}"),
        NOTHING,
        _CURE,
        'blocks:\n  dataset: {…, rule: {kind: late, due: <due>, …}}\n# {block: dataset, code: "D01", title: 预算公开}',
        "blocks:\n  dataset: {…, rule: {kind: late, due: <due>, …}}\n"
        '# {block: dataset, code: "D01", title: 预算公开, with: {due: "03-31"}}',
    ),
}
