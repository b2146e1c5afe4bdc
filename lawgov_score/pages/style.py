"""The style sheet of every page: one dark blue, Chinese fonts by name, figures that line up; on paper A4."""

from lawgov_score.content import palette
from lawgov_score.wording import Words

MOST_STACKED = 12  # columns of a table whose rows can become blocks: a rule for each
STEPS = 20  # of the colour scale of rates: one class each, r0 … r20
PAPER = "#FFFFFF"

SANS = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","微软雅黑",sans-serif'
_SERIF = '"Noto Serif CJK SC","Source Han Serif SC","Songti SC","STSong","SimSun","宋体",serif'
# Quotation marks exist in Chinese fonts too, but twice as wide: in English pages a Latin font comes first.
_LATIN_SANS = '"Segoe UI","Helvetica Neue",Arial,"Noto Sans","Liberation Sans"'
_LATIN_SERIF = 'Cambria,Georgia,"Times New Roman","Noto Serif","Liberation Serif"'
_BOLD = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","SimHei","黑体","Microsoft YaHei",sans-serif'


def scale_colour(step: int) -> str:
    """The fill of one step of the scale of rates, from the lowest to the highest.

    >>> scale_colour(0) == palette.LOW, scale_colour(STEPS) == palette.HIGH
    (True, True)
    """
    rate = step / STEPS
    if rate < palette.SCALE_MIDDLE:
        return _between(palette.LOW, palette.MIDDLE, rate / palette.SCALE_MIDDLE)
    return _between(palette.MIDDLE, palette.HIGH, (rate - palette.SCALE_MIDDLE) / (1 - palette.SCALE_MIDDLE))


def _between(one: str, other: str, share: float) -> str:
    parts = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{int(low + (high - low) * share + 0.5):02X}" for low, high in parts)


_SLIDES = Words("表格较宽，可左右滑动 →", "wider than the screen: slide it →")
# On a narrow screen: the heading of each cell of a stacked row, which its table gives.
_INSIDE = "\n".join(f".stack tr>:nth-child({i})::before{{content:var(--h{i})}}" for i in range(2, MOST_STACKED + 1))
_RULES = f"""
*{{box-sizing:border-box}}
html{{font:15px/1.65 {SANS};color:{palette.INK};background:{PAPER};-webkit-text-size-adjust:100%}}
html:lang(en){{font-family:{_LATIN_SANS},{SANS}}}
body{{margin:0 auto;max-width:1240px;padding:0 28px 48px}}
body.card{{max-width:1120px}}
body.public{{max-width:860px}}
header{{padding:34px 0 18px;text-align:center;border-bottom:3px double {palette.ACCENT}}}
header p{{margin:0}}
h1{{font:700 28px/1.35 {_SERIF};color:{palette.ACCENT};margin:6px 0 8px;letter-spacing:.04em;overflow-wrap:anywhere}}
:lang(en) h1{{letter-spacing:0}}
.of{{font-size:16px}}
.under{{color:{palette.MUTED}}}
header .notice{{margin:10px auto 0;padding:6px 14px;max-width:60em;background:{palette.INPUT_FILL};
border:1px solid {palette.GRID};font-size:14px;text-align:left}}
header .marked{{border-color:{palette.BAD};color:{palette.BAD};text-align:center;font-weight:700}}
nav ul{{display:flex;flex-wrap:wrap;justify-content:center;gap:6px 10px;list-style:none;margin:14px 0 0;padding:0}}
nav a{{display:block;padding:5px 16px;border:1px solid {palette.GRID};border-radius:3px;text-decoration:none}}
nav a[aria-current]{{background:{palette.ACCENT};border-color:{palette.ACCENT};color:{PAPER};font-weight:700}}
a{{color:{palette.ACCENT};text-underline-offset:3px}}
a:focus-visible,.scroll:focus-visible{{outline:3px solid {palette.ACCENT};outline-offset:2px}}
.skip{{position:absolute;left:8px;top:-60px;padding:8px 14px;background:{PAPER};border:2px solid {palette.ACCENT}}}
.skip:focus{{top:8px;z-index:3}}
section{{margin-top:34px}}
h2{{font:700 19px/1.4 {_BOLD};color:{palette.ACCENT};margin:0 0 12px;padding-left:10px;
border-left:5px solid {palette.ACCENT}}}
h3{{font:700 16px/1.4 {_BOLD};margin:22px 0 8px}}
.note{{color:{palette.MUTED};font-size:14px;margin:6px 0 10px;max-width:72em}}
.scroll{{overflow-x:auto;margin:12px 0 20px;container-type:inline-size}}
.fit{{width:min-content;min-width:100%}}
.slides{{position:sticky;left:0;width:100%;width:100cqi;height:0;margin:0;overflow:hidden;color:{palette.ACCENT};
font-size:13px;padding-top:clamp(0px,(100% - 100cqi)*999,1.8em)}}
.slides::before{{content:"{_SLIDES.zh}";position:absolute;top:0;left:0}}
:lang(en) .slides::before{{content:"{_SLIDES.en}"}}
table{{border-collapse:collapse;width:100%;font-size:14px;line-height:1.5;font-variant-numeric:tabular-nums}}
caption{{text-align:left;font-weight:700;padding:0 0 6px;color:{palette.ACCENT}}}
th,td{{border:1px solid {palette.GRID};padding:5px 8px;text-align:left;vertical-align:middle;font-weight:400;
overflow-wrap:anywhere;white-space:pre-line;min-width:3em}}
thead th{{background:{palette.HEADER_FILL};font-weight:700;text-align:center;overflow-wrap:normal}}
.n{{text-align:right;white-space:nowrap;overflow-wrap:normal}}
.c{{text-align:center;overflow-wrap:normal}}
thead .n,thead .c{{white-space:normal;min-width:3.4em}}
thead .h{{white-space:nowrap}}
.s{{font-size:13px}}
.k{{white-space:nowrap;overflow-wrap:normal}}
.w{{min-width:15em}}
.m{{min-width:9em}}
.b{{font-weight:700}}
tbody th{{font-weight:700}}
.band th,.band td{{background:{palette.BAND_FILL};color:{palette.ACCENT};font-weight:700}}
.band span{{position:sticky;left:8px;display:inline-block;max-width:calc(100vw - 46px)}}
.top th,.top td{{background:{palette.HEADER_FILL};font-weight:700}}
.group th,.group td{{background:{palette.BAND_FILL};font-weight:700}}
.group .s,.top .s{{font-weight:400}}
.changed{{background:{palette.CHANGED_FILL}}}
.fell,.error{{color:{palette.BAD};font-weight:700}}
.bar{{display:block;height:5px;margin-top:3px;border:1px solid {palette.ACCENT};
background:linear-gradient({palette.ACCENT},{palette.ACCENT}) left/var(--to) 100% no-repeat {PAPER}}}
.unseen{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
.rates{{width:auto;font-size:12px;line-height:1.35}}
.rates td,.rates th{{padding:3px;min-width:0}}
.rates tbody th{{white-space:nowrap}}
.rates tbody th,.rates thead th:first-child{{position:sticky;left:0;background:{PAPER}}}
.rates thead th:first-child{{background:{palette.HEADER_FILL}}}
.rates thead .up{{writing-mode:vertical-rl;text-align:left;vertical-align:bottom;font-weight:400;padding:6px 2px;
max-height:20em;line-height:1.2}}
:lang(en) .rates thead .up{{writing-mode:vertical-lr}}
ol{{margin:0;padding-left:1.6em}}
li{{margin:4px 0}}
.pairs{{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24em),1fr));margin:0;
border-top:1px solid {palette.GRID};border-left:1px solid {palette.GRID}}}
.pairs>div{{display:flex;border-right:1px solid {palette.GRID};border-bottom:1px solid {palette.GRID}}}
.pairs dt{{flex:0 0 9.5em;padding:6px 10px;background:{palette.LOCKED_FILL};overflow-wrap:anywhere}}
.pairs dd{{flex:1;margin:0;padding:6px 10px;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}}
.pairs+.pairs{{border-top:0}}
.one{{grid-template-columns:1fr}}
.total{{font:700 30px/1.2 {_SERIF};color:{palette.ACCENT}}}
figure{{margin:0;min-width:0}}
svg{{display:block;width:100%;height:auto;font-family:{SANS}}}
.narrow{{display:none}}
.beside{{display:grid;grid-template-columns:minmax(0,7fr) minmax(17em,4fr);gap:10px 28px;align-items:center}}
.sign{{display:grid;grid-template-columns:1fr 1fr;gap:34px 40px;margin-top:40px;white-space:pre-wrap}}
.sign p{{margin:0}}
footer{{margin-top:36px;padding-top:10px;border-top:1px solid {palette.GRID};color:{palette.MUTED};font-size:13px}}
@media screen and (max-width:640px){{
body{{padding:0 14px 32px}}
header{{padding-top:20px}}
h1{{font-size:22px}}
.sign,.beside{{grid-template-columns:1fr}}
.broad{{display:none}}
.narrow{{display:block}}
td,th{{padding:5px 6px}}
.m{{min-width:8em}}
.pairs dt{{flex-basis:7em}}
.rates tbody th{{white-space:normal;min-width:7em}}
.stack,.stack tbody{{display:block}}
.stack thead{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
.stack tr{{display:flex;flex-wrap:wrap;gap:2px 14px;border:1px solid {palette.GRID};padding:6px 10px;margin:0 0 8px}}
.stack td,.stack th{{display:block;border:0;padding:0;min-width:0;text-align:left;white-space:pre-line;background:none}}
.stack tbody th{{flex:1 1 75%}}
.stack .w{{flex:1 0 100%}}
.stack td:empty{{display:none}}
.stack .top{{background:{palette.HEADER_FILL}}}
.stack .group{{background:{palette.BAND_FILL}}}
.stack .changed{{background:{palette.CHANGED_FILL}}}
.stack td::before,.stack th::before{{color:{palette.ACCENT};font-weight:400;margin-right:.5em}}
{_INSIDE}
}}
@media print{{
@page{{size:A4 portrait;margin:14mm 12mm 16mm;
@bottom-center{{content:counter(page) " / " counter(pages);font-size:9pt}}}}
@page wide{{size:A4 landscape}}
html{{font:10pt/1.5 {_SERIF}}}
html:lang(en){{font-family:{_LATIN_SERIF},{_SERIF}}}
.band span{{max-width:none}}
body,body.card{{max-width:none;padding:0}}
body.ranking{{page:wide}}
.wide{{page:wide}}
figure{{width:100%;max-width:150mm;margin:0 auto}}
.beside{{grid-template-columns:150mm minmax(0,1fr)}}
.card figure{{max-width:125mm}}
header{{padding:0 0 8pt}}
.pairs dt,.pairs dd{{padding:3pt 8pt}}
.card .beside{{grid-template-columns:110mm minmax(0,1fr)}}
nav,.skip{{display:none}}
.scroll{{overflow:visible;margin:6px 0 12px;container-type:normal}}
.fit{{width:auto}}
.slides{{display:none}}
table{{font-size:8.5pt}}
.s{{font-size:8pt}}
th,td{{padding:2px 4px;min-width:0}}
.w{{min-width:0}}
.m{{min-width:8em}}
thead{{display:table-header-group}}
.rates{{font-size:6pt;width:100%;table-layout:fixed}}
.rates thead th:first-child{{width:13%}}
.rates td,.rates th{{padding:1px}}
.rates tbody th,.rates thead th:first-child{{position:static}}
.rates thead .up{{padding:2px 0}}
section:not(.wide):not(.long),.whole{{break-inside:avoid}}
thead{{break-after:avoid}}
tbody tr:first-child{{break-before:avoid}}
tr,figure,.beside,.pairs>div,.sign{{break-inside:avoid}}
h2,h3,caption,.band,h2+.note,.note+.note{{break-after:avoid}}
section{{margin-top:16pt}}
a{{color:inherit;text-decoration:none}}
.bar,thead th,.band th,.band td,.top th,.top td,.group th,.group td,.changed,.rates td,.pairs dt{{
-webkit-print-color-adjust:exact;print-color-adjust:exact}}
}}
"""
_SCALE = "\n".join(f".r{step}{{background:{scale_colour(step)}}}" for step in range(STEPS + 1))
STYLE = _RULES + _SCALE + "\n"
