"""填报说明: the cover of a fill-in workbook, with the unit, instructions, and lines to sign."""

from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lawgov_score.explanation import scale, vetoes
from lawgov_score.explanation.adjustments import kind_points, limit_rules
from lawgov_score.explanation.grading import grade_lines
from lawgov_score.explanation.standard import total_standard
from lawgov_score.explanation.ways import way_at
from lawgov_score.measure.tolerance import is_same
from lawgov_score.model import Group, Node, Rescale, Sign, Tree, Unit
from lawgov_score.report import number_text, render
from lawgov_score.rules.field import FieldType
from lawgov_score.wording import Language, Phrase, Text, Words
from lawgov_score.workbook.forms.layout import (
    COVER_SHEET,
    UNIT_CODE_LABEL,
    UNIT_NAME_LABEL,
    UNIT_TYPE_LABEL,
    YEAR_LABEL,
    Question,
    answered_by,
    of_office,
)
from lawgov_score.workbook.writing import look
from lawgov_score.workbook.writing.look import Formats, Style
from lawgov_score.workbook.writing.notes import LABEL, TITLE, pieces

_COLUMNS = (16.0, 32.0, 16.0, 32.0)
_WIDTH = sum(_COLUMNS)

_FORM = Words("{year}年度填报表", "Workbook for {year}")
_COHORT = Words("考核分组", "Cohort")
_EDITION = Words("指标体系版本", "Edition of the tree")
_ASKED = Words("本表内容", "Contents")
_ASKED_TEXT = Words("{indicators} 个{level}，{fields} 个填报项", "{indicators} {level}, {fields} questions")
_POINTS = Words("适用分值", "Points that apply")
_POINTS_TEXT = Words("{points:points} 分（满分 {all:points} 分）", "{points:points} of {all:points}")
_TOTAL = Words("总分", "Total")
_TOTAL_TEXT = Words("满分 {points:points} 分；{way}", "out of {points:points}; {way}")
_TOTAL_ALONE = Words(
    "满分 {points:points} 分，各部分按规定的方式汇总", "out of {points:points}, by the scheme's own way"
)
_AND_SCALE = Words("{text}；{scale}", "{text}; {scale}")
_OFFICE_TOO = Words("{text}；另由考核机关评定 {n} 项", "{text}; {n} more assessed by the office")
_NOT_KNOWN = Words("（未注明）", "(not given)")

_HOW = Words("填报要求", "How to fill it in")
_COLOURS = Words("颜色含义", "What the colours mean")
_TO_FILL = Words("需要填写", "to fill in")
_TO_FILL_WHAT = Words("浅黄色：填报值、佐证材料、说明三栏", "pale yellow: answer, evidence, remarks")
_TO_READ = Words("供阅读，已锁定", "to read, locked")
_TO_READ_WHAT = Words("白色：编码、指标、评分标准、填报项等", "white: codes, indicators, standards, questions")
_NOTICE = Words("特别说明", "Please note")
_ASK = Words("联系咨询", "Questions")
_ASK_ISSUER = Words("对指标、口径和填报方法有疑问的，请与{issuer}联系。", "For anything unclear please ask {issuer}.")
_ASK_OFFICE = Words(
    "对指标、口径和填报方法有疑问的，请与下发本表的考核办公室联系。",
    "For anything unclear please ask the office that sent you this workbook.",
)
_SIGNED = Words("报送签署", "Signed")
_SIGNATURES = (
    (Words("填报人", "Filled in by"), Words("联系电话", "Telephone")),
    (Words("审核人", "Checked by"), Words("填报日期", "Date")),
    (Words("单位盖章", "Seal of the unit"), None),
)

_ONLY_THREE = Words(
    "请在“填报”表中逐行填写，只填浅黄色的“填报值”“佐证材料”“说明”三栏。其余单元格已锁定，编码、填报项和表头不要改动；"
    "可以筛选、调整列宽和行高。工作表保护没有密码。",
    "Go through the sheet 填报 row by row and fill in the three pale yellow columns only. Everything else is locked; "
    "you may filter and change widths and heights. The protection has no password.",
)
_ONE_VALUE = Words(
    "“填报值”一格只填一个确切的值，不写“约”“大于”“左右”，不带计量单位。百分数写作 95.3%；日期写作 {year}-03-30；"
    "有下拉箭头的从列表中选择。选中单元格后会出现该项的填写提示。",
    "One exact value a cell: no “about”, no unit of measurement. Percentages as 95.3%, dates as {year}-03-30; "
    "where there is an arrow, choose from the list. A message appears beside each cell.",
)
_ZERO_OR_BLANK = Words(
    "没有发生的填 0；没有数据的留空。留空按未填报处理，与填 0 不同。",
    "0 where nothing happened, blank where there is no figure: the two are not the same.",
)
_CLAIMS = Words(
    "确不适用于本单位的，填“不适用”，并在同一行“说明”栏写明理由，由考核办公室审核认定。只有提示中写明可填“不适用”的"
    "填报项才能这样填，共 {n} 项。",
    "Where something does not apply to you, answer 不适用 and give the reason under 说明; the office decides. "
    "Only the {n} questions whose message says so may be answered like this.",
)
_EVIDENCE = Words(
    "“佐证材料”栏写明材料名称、文号或者编号，应附的材料见“应附佐证”栏；同一{level}的材料写在一行即可。",
    "Under 佐证材料 name the documents with their numbers; what is required stands under 应附佐证.",
)
_RATES = Words(
    "既问件数又问比率的，知道件数的填件数，比率由系统计算；只掌握比率的才填比率。",
    "Where both counts and a rate are asked, give the counts; give the rate only where the counts are not known.",
)
_PERIOD = Words(
    "除评分标准或者填报项另有说明外，填报 {year} 年度数据。", "Unless it says otherwise, figures are those of {year}."
)
_WINDOWS = Words(
    "“{title}”按个数逐一填报，本表留有 {n} 段（{first}……{last}），一个填一段，先填名称；用不到的整段留空，"
    "不要填 0 或者“不适用”。",
    "“{title}” is answered one by one: there is room for {n} ({first} … {last}), each beginning with its name. "
    "Leave what you do not need blank; no 0, no 不适用.",
)
_NAMED = Words(
    "“{title}”逐一填报，本表各有一段：{titles:list}；没有的整段留空，不要填 0 或者“不适用”。",
    "“{title}” is answered one by one, each in rows of its own: {titles:list}. Leave all of one blank that you do not "
    "have; no 0, no 不适用.",
)
_BY_OFFICE = Words(
    "“填报”表末尾列有由考核机关评定的 {n} 个{level}，供了解，单位无需填报。",
    "At the end of the sheet 填报 stand {n} {level} that the office assesses itself: nothing to fill in.",
)
_RETURN = Words(
    "填好后保存为 .xlsx 工作簿报送，不设打开密码，不另存为 .xls 或者 PDF；文件名可以改。",
    "Return it as an .xlsx workbook, without a password to open it, under any name.",
)


_RULES = Words("附：计分规则", "Annex: how the total comes about")
_SEE_RULES = Words(
    "{what:list}列在本表后附的“计分规则”中，填报前请一并阅读。",
    "The annex below says {what:list}: please read it before you fill anything in.",
)
_HOW_TOTAL = Words("总分的计算", "how the total is worked out")
_HOW_ADJUSTED = Words("加分、扣分项目", "what is added and taken off")
_HOW_VETOED = Words("一票否决事项", "what bars a grade")
_GRADES = Words("等次", "Grades")
_SCALE = Words("满分口径", "Scale")
_CONVERTED_HERE = Words(
    "{text}。本表所列指标适用 {worth:points} 分，本单位总分 = 得分 ÷ {worth:points} × {whole:points}；"
    "经认定另有不适用的，适用分相应减少",
    "{text}. What this workbook asks is worth {worth:points}: total = score ÷ {worth:points} × {whole:points}; "
    "less where more does not apply",
)
_ITEMS = {
    Sign.BONUS: Words("加分：{title}（{code}）", "Bonus: {title} ({code})"),
    Sign.PENALTY: Words("扣分：{title}（{code}）", "Penalty: {title} ({code})"),
}
_ITEM = Words("加分、扣分项目（由考核机关登记）", "Bonuses and penalties, entered by the office")
_ITEM_POINTS = Words("分值和限额", "Points and limits")
_LIMITS = Words("加分扣分限额", "Limits")
_VETO = Words("一票否决事项", "Vetoes")
_VETO_EFFECTS = Words("后果和认定", "What they do, and what triggers them")
_PARTS = Words("{parts}", "{parts}")


def write_cover(
    book: xlsxwriter.Workbook,
    formats: Formats,
    tree: Tree,
    unit: Unit,
    asked: Sequence[Question],
    notes: Sequence[tuple[Node, str]],
    lang: Language,
) -> None:
    """Adds the sheet: title, unit, instructions, colours, notice, contacts, lines to sign.

    ``notes``: notes on indicators and groups that are too long to be beside the standard; they follow on further pages.
    """
    cover = _Cover(book.add_worksheet(COVER_SHEET), formats, lang)
    cover.line(tree.title, look.TITLE, size=18)
    cover.line(_FORM(year=str(unit.year or tree.year)), look.TITLE, size=15, font_size=15)
    cover.gap()
    for one, other in _facts(tree, unit, asked):
        cover.pair(one, other)
    cover.gap()
    cover.line(_HOW, look.HEADING, size=12)
    for number, instruction in enumerate(_instructions(tree, unit, asked), start=1):
        cover.line(f"{number}．{render(instruction, lang)}", look.PLAIN, size=11, font_size=11)
    cover.gap()
    cover.line(_COLOURS, look.HEADING, size=12)
    cover.patch(_TO_FILL, _TO_FILL_WHAT, look.INPUT_FILL)
    cover.patch(_TO_READ, _TO_READ_WHAT, "#FFFFFF")
    cover.gap()
    if tree.notice:
        cover.line(_NOTICE, look.HEADING, size=12)
        cover.line(tree.notice, look.PLAIN, size=10)
        cover.gap()
    cover.line(_ASK, look.HEADING, size=12)
    cover.line(_ASK_ISSUER(issuer=tree.issuer) if tree.issuer else _ASK_OFFICE, look.PLAIN, size=11, font_size=11)
    cover.gap()
    cover.line(_SIGNED, look.HEADING, size=12)
    for label, second in _SIGNATURES:
        cover.signature(label, second)
    rules = _rules(tree, unit, asked)
    if rules:
        cover.new_page()
        cover.line(_RULES, look.HEADING, size=12)
    for section in rules:
        if section.headings:
            cover.two(*section.headings, at=2, styles=(look.HEADER, look.HEADER))
        for row in section.rows:
            cover.two(*row, at=2 if section.headings else 1)
        cover.gap()
    if notes:
        cover.gap()
        cover.line(TITLE, look.HEADING, size=12)
    for node, note in notes:
        cover.line(LABEL(code=node.code, title=node.title), look.PLAIN, size=11, font_size=11, bold=True)
        for piece in pieces(note, _WIDTH):
            cover.line(piece, look.PLAIN, size=10)
    cover.finish(pages=0 if notes or rules else 1)


def _facts(
    tree: Tree, unit: Unit, asked: Sequence[Question]
) -> list[tuple[tuple[Words, object], tuple[Words, object]]]:
    """Facts about the workbook, in pairs."""
    types = {known.code: known.name for known in tree.unit_types}
    cohorts = {cohort.code: cohort.name for cohort in tree.cohorts}
    indicators = {one.copy_of or one.code for one in answered_by(tree, unit.type)}
    office = of_office(tree, unit.type)
    level = tree.levels[-1] if tree.levels else Words("指标", "indicators")
    contents: object = _ASKED_TEXT(indicators=len(indicators), level=level, fields=len(asked))
    if office:
        contents = _OFFICE_TOO(text=contents, n=len(office))
    return [
        ((UNIT_CODE_LABEL, unit.code), (UNIT_NAME_LABEL, unit.name)),
        (
            (UNIT_TYPE_LABEL, types.get(unit.type, unit.type or _NOT_KNOWN)),
            (_COHORT, cohorts.get(unit.cohort, unit.cohort or _NOT_KNOWN)),
        ),
        ((YEAR_LABEL, str(unit.year or tree.year)), (_EDITION, tree.edition)),
        ((_ASKED, contents), _worth(tree, unit)),
    ]


def _worth(tree: Tree, unit: Unit) -> tuple[Words, object]:
    """The points of the unit's own indicators; if points do not simply add up, the composition of the total."""
    label, worth = _TOTAL, _out_of(tree, unit)
    if tree.adds_up:
        label = _POINTS
        worth = _POINTS_TEXT(points=_own_points(tree, unit), all=tree.scale_of(unit.type))
    contradiction = scale.of_unit(tree, unit.type)
    return label, worth if contradiction is None else _AND_SCALE(text=worth, scale=contradiction)


def _own_points(tree: Tree, unit: Unit) -> float:
    """The points of all that applies to the unit, what the office assesses included; bonuses are no part of them."""
    own = {one.copy_of or one.code: one.points for one in answered_by(tree, unit.type)}
    own |= {indicator.code: indicator.points for indicator in of_office(tree, unit.type)}
    bonus = {indicator.code for indicator in tree.indicators if indicator.bonus}
    return sum(points for code, points in own.items() if code not in bonus)


def _out_of(tree: Tree, unit: Unit) -> Phrase:
    way, points = way_at(tree, tree), tree.scale_of(unit.type)
    return _TOTAL_ALONE(points=points) if way is None else _TOTAL_TEXT(points=points, way=way)


def _instructions(tree: Tree, unit: Unit, asked: Sequence[Question]) -> list[Phrase | Words]:
    """The instructions that apply to this workbook; nothing that it does not ask is explained."""
    claims = sum(q.indicator.may_not_apply for q in asked)
    level = tree.levels[-1] if tree.levels else Words("指标", "indicator")
    year = str(unit.year or tree.year)
    instructions: list[Phrase | Words] = [_ONLY_THREE, _ONE_VALUE(year=year), _ZERO_OR_BLANK]
    if claims:
        instructions.append(_CLAIMS(n=claims))
    if any(q.indicator.evidence for q in asked):
        instructions.append(_EVIDENCE(level=level))
    if any(q.field.substitute and q.field.type is FieldType.SHARE for q in asked):
        instructions.append(_RATES)
    repetitions = [node for node in tree.nodes if isinstance(node, Group) and node.repetition]
    for copied in dict.fromkeys(node.copy_of for node in repetitions):
        copies = [node for node in repetitions if node.copy_of == copied]
        title = tree.by_code[copied].title
        if copies[0].is_named:
            instructions.append(_NAMED(title=title, titles=tuple(copy.title for copy in copies)))
            continue
        instructions.append(_WINDOWS(title=title, n=len(copies), first=copies[0].title, last=copies[-1].title))
    if office := of_office(tree, unit.type):
        instructions.append(_BY_OFFICE(n=len(office), level=level))
    if rules := _rules(tree, unit, asked):
        instructions.append(_SEE_RULES(what=tuple(Phrase(section.what) for section in rules)))
    instructions += [_PERIOD(year=year), _RETURN]
    return instructions


@dataclass(frozen=True, slots=True)
class _Section:
    """A table of the annex: two headings, where it has any, and rows of label and text."""

    what: Words  # it is about, for the instructions
    rows: Sequence[tuple[Text, Text]]
    headings: tuple[Words, Words] | None = None


def _rules(tree: Tree, unit: Unit, asked: Sequence[Question]) -> list[_Section]:
    """How the total comes about, what is added and taken off, what bars a grade; nothing that the tree has not."""
    sections = []
    totals: list[tuple[Text, Text]] = []
    if (total := total_standard(tree)) is not None:
        totals.append((_TOTAL, _converted(tree, unit, total)))
    if contradictions := _contradictions(tree, unit):
        totals.append((_SCALE, _PARTS(parts=contradictions)))
    if tree.grades:
        totals.append((_GRADES, _PARTS(parts=grade_lines(tree))))
    if totals:
        sections.append(_Section(_HOW_TOTAL, totals))
    if tree.adjustments:
        items: list[tuple[Text, Text]] = [
            (_ITEMS[kind.sign](title=kind.title, code=kind.code), _PARTS(parts=kind_points(tree, kind)))
            for kind in tree.adjustments
        ]
        items.append((_LIMITS, limit_rules(tree)))
        sections.append(_Section(_HOW_ADJUSTED, items, (_ITEM, _ITEM_POINTS)))
    if tree.vetoes:
        barred: list[tuple[Text, Text]] = [
            (vetoes.named(veto), vetoes.rule(tree, veto, unit.type or None)) for veto in tree.vetoes
        ]
        sections.append(_Section(_HOW_VETOED, barred, (_VETO, _VETO_EFFECTS)))
    return sections


def _contradictions(tree: Tree, unit: Unit) -> tuple[Phrase, ...]:
    """What contradicting points become: the unit's own total, and groups; nothing about units of other types."""
    own, totals = scale.of_unit(tree, unit.type), scale.total_phrases(tree)
    groups = tuple(one for one in scale.scale_phrases(tree) if one not in totals)
    return groups if own is None else (own, *groups)


def _converted(tree: Tree, unit: Unit, total: Phrase) -> Phrase:
    """How the total comes about; where less than all applies to this unit, with the unit's own figures."""
    worth, whole = _own_points(tree, unit), tree.printed_sum(tree.code)
    is_converted = tree.adds_up and tree.policies.not_applicable is Rescale.TOTAL
    if not is_converted or is_same(worth, whole) or not worth:
        return total
    return _CONVERTED_HERE(text=total, worth=worth, whole=whole)


class _Cover:
    """A page written line by line, each line as high as its text."""

    def __init__(self, sheet: Worksheet, formats: Formats, lang: Language) -> None:
        self._sheet, self._formats, self._lang = sheet, formats, lang
        self._row = 0
        self._breaks: list[int] = []
        for column, width in enumerate(_COLUMNS):
            sheet.set_column(column, column, width)

    def _text(self, text: object) -> str:
        if isinstance(text, (str, Phrase, Words)):
            return render(text, self._lang)
        return number_text(float(str(text)))

    def line(self, text: Phrase | Words | str, style: Style, *, size: float, **changes: object) -> None:
        """One text over the whole width, in a font of ``size`` points."""
        shown = self._text(text)
        made = self._formats(style, text_wrap=True, **changes)
        self._sheet.merge_range(self._row, 0, self._row, len(_COLUMNS) - 1, shown, made)
        self._sheet.set_row(self._row, look.row_height([(shown, _WIDTH)], size=size, least=size * 1.9))
        self._row += 1

    def gap(self) -> None:
        """A small gap."""
        self._sheet.set_row(self._row, 8)
        self._row += 1

    def pair(self, one: tuple[Words, object], other: tuple[Words, object]) -> None:
        """Two labels, each with its text to the right."""
        shown = [self._text(part) for part in (*one, *other)]
        for column, text in enumerate(shown):
            changes = {"font_size": 11, "indent": column % 2}
            style = look.HEADER if column % 2 == 0 else look.TEXT
            self._sheet.write_string(self._row, column, text, self._formats(style, **changes))
        self._sheet.set_row(self._row, look.row_height(zip(shown, _COLUMNS, strict=True), size=11, least=24))
        self._row += 1

    def two(self, label: Text, text: Text, *, at: int, styles: tuple[Style, Style] = (look.TEXT, look.TEXT)) -> None:
        """A label over the columns before ``at``, its text over the others."""
        parts = []
        for words, first, end, style in ((label, 0, at, styles[0]), (text, at, len(_COLUMNS), styles[1])):
            shown, made = self._text(words), self._formats(style, font_size=10, indent=int(style is look.TEXT))
            if end - first > 1:
                self._sheet.merge_range(self._row, first, self._row, end - 1, shown, made)
            else:
                self._sheet.write_string(self._row, first, shown, made)
            parts.append((shown, sum(_COLUMNS[first:end]) - 2))  # less its indent
        self._sheet.set_row(self._row, look.row_height(parts, size=10, least=22))
        self._row += 1

    def new_page(self) -> None:
        """What follows stands on a page of its own when printed."""
        self._breaks.append(self._row)

    def patch(self, name: Words, meaning: Words, fill: str) -> None:
        """A patch of colour and its meaning."""
        self._sheet.write_string(self._row, 0, self._text(name), self._formats(look.CENTRED, bg_color=fill))
        last = len(_COLUMNS) - 1
        self._sheet.merge_range(self._row, 1, self._row, last, self._text(meaning), self._formats(look.TEXT, indent=1))
        self._sheet.set_row(self._row, 22)
        self._row += 1

    def signature(self, one: Words, second: Words | None) -> None:
        """One or two labels with an open cell for a signature or a seal."""
        open_cell = self._formats(look.TEXT, locked=False, bg_color=look.INPUT_FILL)
        label = self._formats(look.HEADER, font_size=11)
        self._sheet.write_string(self._row, 0, self._text(one), label)
        if second is None:
            self._sheet.merge_range(self._row, 1, self._row, len(_COLUMNS) - 1, "", open_cell)
            self._sheet.set_row(self._row, 60)
        else:
            self._sheet.write_blank(self._row, 1, None, open_cell)
            self._sheet.write_string(self._row, 2, self._text(second), label)
            self._sheet.write_blank(self._row, 3, None, open_cell)
            self._sheet.set_row(self._row, 28)
        self._row += 1

    def finish(self, pages: int) -> None:
        """Sets protection and printing: so many upright pages, 0 for as many as needed."""
        look.print_setup(self._sheet, self._lang, landscape=False)
        self._sheet.fit_to_pages(1, pages)
        self._sheet.set_h_pagebreaks(self._breaks)
        self._sheet.protect("", {"format_columns": True, "format_rows": True})
        self._sheet.activate()
