"""What ``new`` says: what was written, what names a year and was left as it is, what to do next."""

from collections.abc import Sequence

from lawgov_score.model.year_bound import YearBound
from lawgov_score.problems import TextPlace
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

_HEADING = Words(
    "写有年份、规划期或日期的 {n} 处照抄未改，请逐处核对：",
    "{n} places name a year, a five-year plan or a day; they were left as they are. Look at each:",
)
_NONE = Words("没有写有年份或日期的文字。", "No text names a year or a day.")
_SAID = Words("{label}：{excerpt}", "{label}: {excerpt}")
_TIMES = Words("{label}：{excerpt}（{n} 处）", "{label}: {excerpt} ({n} places)")


def year_bound_text(found: Sequence[YearBound], lang: Language) -> str:
    """Every place, the same words together; files and places in their order."""
    if not found:
        return render(_NONE, lang)
    together: dict[tuple[str, str], list[TextPlace]] = {}
    for one in found:
        together.setdefault((render(one.label, lang), one.excerpt), []).append(one.place)
    lines = [render(_HEADING(n=len(found)), lang)]
    for (label, excerpt), places in together.items():
        words = _TIMES if len(places) > 1 else _SAID
        lines.append(f"  {render(words(label=label, excerpt=excerpt, n=len(places)), lang)}")
        by_file: dict[str, list[str]] = {}
        for place in places:
            by_file.setdefault(place.path, []).append(f"{place.line}:{place.column}")
        lines += [f"    {path}:{' '.join(at)}" for path, at in by_file.items()]
    return "\n".join(lines)
