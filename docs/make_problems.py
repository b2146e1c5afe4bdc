"""docs/problems.md from the catalogue: ``python -m docs.make_problems``."""

from pathlib import Path

from lawgov_score.catalogue import Code, entry_of
from lawgov_score.report import SEVERITIES
from lawgov_score.terminal.problem import example_text, open_words
from lawgov_score.wording import Language, Words

PAGE = Path(__file__).parent / "problems.md"

_CHAPTERS = {
    "T1": "How a tree is written (stops the run)",
    "T2": "What a tree means (stops the run)",
    "N1": "The notice of objections (what it leaves open is blank on cards); N13x: an exported table that comes back",
    "S1": "A submission as a file (stops that unit only)",
    "S2": "One cell of a submission",
    "A1": "A workbook of the office's own as a file (stops that file only)",
    "A2": "One cell of the office's own workbooks (leaves that row out)",
    "A3": "The results of the last edition",
    "R1": "Results that look suspicious (stop nothing)",
    "R2": "A round: R20x its folder, R21x moves, R22x what units send, R230 to R234 moved on or amended, R235 to "
    "R239 what the office enters, R24x runs and publications, R25x objections, R26x an exported round, "
    "R27x backups and proofs, R280 to R289 documents of the year, R29x what units send, once more",
    "R3": "The desk: pages in a browser, and long work",
    "V1": "A scorecard that cannot be verified",
    "V2": "What does not agree in a scorecard",
    "D1": "Two editions of a tree beside one another (`diff`); D12x: last year's answers under the next (`rehearse`); "
    "D14x to D16x, D18x, D19x: a table that is taken back (`import`); D17x: the next edition (`new`)",
    "O1": "An output that could not be written",
    "X9": "Ours",
}


def page() -> str:
    """The whole page: one chapter per kind, one entry per code, Chinese beside English."""
    lines = [
        "# Problem codes",
        "",
        "Generated from `lawgov_score/catalogue/` by `make docs`; `lawgov-score problem CODE` prints the same.",
    ]
    chapter = ""
    for code in sorted(Code):
        if code[:2] != chapter:
            chapter = code[:2]
            lines += ["", f"## {chapter}xx: {_CHAPTERS[chapter]}"]
        entry = entry_of(code)
        severity = SEVERITIES[entry.severity]
        title_zh, title_en = (open_words(entry.title, lang) for lang in (Language.ZH, Language.EN))
        lines += ["", f"### {code} {title_zh}", "", f"{title_en} ({severity.en}, {severity.zh})", ""]
        for label, words in (("应为 expected", entry.expected), ("改法 fix", entry.hint)):
            if words.zh:
                zh, en = (open_words(words, lang) for lang in (Language.ZH, Language.EN))
                lines.append(f"- {label}: {zh} / {en}")
        lines += [
            "",
            *_shown(entry.example),
            "",
            "改后 mended:",
            "",
            *_shown(entry.cure),
        ]
    return "\n".join(lines) + "\n"


def _shown(text: Words | str) -> list[str]:
    """An example as a file has it, in both languages where they differ."""
    texts = dict.fromkeys(example_text(text, lang) for lang in (Language.ZH, Language.EN))
    return ["```text", "\n\n".join(texts), "```"]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
