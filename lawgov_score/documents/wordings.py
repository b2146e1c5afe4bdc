"""How the documents read before an office edits them: a line each, in both languages, with fields in braces."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lawgov_score.documents.kinds import Kind
from lawgov_score.wording import Words


class Look(StrEnum):
    """What a line is in a letter."""

    TITLE = "title"
    NUMBER = "number"  # 文号, a blank that is filled in by hand
    TO = "to"
    TEXT = "text"
    HEADING = "heading"
    TABLE = "table"
    SIGNED = "signed"
    ANNEX = "annex"  # begins a new page
    NAME = "name"  # of what is annexed


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    look: Look
    words: Words


def _title(zh: str, en: str) -> tuple[Line, Line]:
    return Line(Look.TITLE, Words(zh, en)), Line(Look.NUMBER, Words("〔    〕    号", "No. ________"))


def _text(zh: str, en: str) -> Line:
    return Line(Look.TEXT, Words(zh, en))


def _heading(zh: str, en: str) -> Line:
    return Line(Look.HEADING, Words(zh, en))


_TO_UNIT = Line(Look.TO, Words("{单位}：", "To: {unit}"))
_SIGNED = (Line(Look.SIGNED, Words("{考核办}", "{office}")), Line(Look.SIGNED, Words("{日期}", "{date}")))
_CONTACT = _text(
    "联系单位：{考核办}；联系电话：{联系电话}；地址：{联系地址}。",
    "Contact: {office}; telephone: {telephone}; address: {address}.",
)

WORDINGS: Mapping[Kind, tuple[Line, ...]] = {
    Kind.NOTICE: (
        *_title(
            "关于开展{年度}年度法治政府建设考核\n工作的通知", "Notice of the law-based government assessment of {year}"
        ),
        Line(Look.TO, Words("各被考核单位：", "To all units assessed:")),
        _text(
            "为做好{年度}年度法治政府建设考核工作，根据《{体系}》，现将有关事项通知如下。",
            "The assessment of {year} is made by “{scheme}”. Please note the following.",
        ),
        _heading("一、考核对象", "1. Who is assessed"),
        _text(
            "纳入本次考核的单位共{单位数}个，名单见附件。", "{units} units are assessed; they are listed in the annex."
        ),
        _heading("二、报送时间", "2. Until when to report"),
        _text(
            "请各被考核单位于{报送期限}前报送填报表和佐证材料。确有困难不能按期报送的，请在期限届满前书面说明情况。",
            "Please send the workbook and its evidence before {submit_by}. Who cannot is asked to say so in "
            "writing before "
            "then.",
        ),
        _heading("三、填报要求", "3. How to report"),
        _text(
            "请使用统一下发的填报表（Excel工作簿）逐项填写，不改动表头和格式；没有发生的填0，没有数据的留空。各单位对所填"
            "数据的真实性负责，报送前须经本单位主要负责人审定。",
            "Use the workbook that was sent out, without changes to its form: 0 where nothing happened, blank "
            "where there is "
            "no figure. Each unit answers for its figures; its head approves them before they are sent.",
        ),
        _text(
            "填报表收到后出具回执，以回执为准。核对回执时，回执上的公钥短码应当是：{公钥短码}。",
            "Each workbook is answered by a receipt, which alone proves that it was received. The public key on it "
            "must have "
            "the short form {key}.",
        ),
        _heading("四、结果告知和异议", "4. Results and objections"),
        _text(
            "初评结果将告知各单位。对结果有异议的，可以自告知之日起{异议工作日数}个工作日内提出，具体期限以告知书为准。",
            "First results are notified to each unit, which may object within {objection_days} working days; the "
            "notification "
            "names the deadline.",
        ),
        _heading("五、联系方式", "5. Contact"),
        _CONTACT,
        _text("特此通知。", "This is the whole of the notice."),
        _text("附件：被考核单位名单", "Annex: units assessed"),
        *_SIGNED,
        Line(Look.ANNEX, Words("附件", "Annex")),
        Line(Look.NAME, Words("被考核单位名单", "Units assessed")),
        Line(Look.TABLE, Words("{单位名单}", "{unit_list}")),
    ),
    Kind.RETURN: (
        *_title(
            "关于退回{年度}年度法治政府建设考核\n填报表的函", "Return of the workbook for the assessment of {year}"
        ),
        _TO_UNIT,
        _text(
            "你单位报送的{年度}年度法治政府建设考核填报表（第{报送次数}次报送，{收到时间}收到，回执编号{回执编号}）收悉。"
            "经核对，需要更正或者补充，现予退回。有关事项函告如下。",
            "Your workbook for the assessment of {year} (submission {try}, received {received}, receipt {receipt}) was "
            "checked. It has to be corrected or completed and is returned herewith.",
        ),
        _heading("一、退回原因", "1. Why it is returned"),
        _text("{退回原因}。", "{reason}."),
        _text("{核对情况}", "{counts}"),
        _heading("二、重报期限", "2. Until when to send it anew"),
        _text("请于{重报期限}前更正后重新报送。", "Please send it anew before {due}."),
        _heading("三、更正方法", "3. How to correct it"),
        _text(
            "随函附标注副本，有问题的单元格已逐一标出，并写明应当怎样更正。请在副本上更正，保存后报送；经核实原填内容无误的，"
            "请附书面说明。",
            "Enclosed is a marked copy: every cell in question is marked, with what should stand there. Correct "
            "the copy, save "
            "it and send it; where a figure is right as it stands, please say so in writing.",
        ),
        _CONTACT,
        _text("特此函告。", "Yours faithfully"),
        _text("附件：填报表标注副本", "Enclosed: marked copy of the workbook"),
        *_SIGNED,
    ),
    Kind.RESULT: (
        *_title("{年度}年度法治政府建设考核结果告知书", "Result of the law-based government assessment of {year}"),
        _TO_UNIT,
        _text(
            "根据《{体系}》，现将你单位{年度}年度法治政府建设考核{结果性质}告知如下。",
            "By “{scheme}”, the {stage} of your unit in the assessment of {year} is as follows.",
        ),
        Line(Look.TABLE, Words("{结果表}", "{result}")),
        _text(
            "各项指标的得分和扣分理由，见随附的评分卡。",
            "Scores of all indicators, and why points were deducted, are on the enclosed card.",
        ),
        _text("{异议告知}", "{how_to_object}"),
        _text("{异议要求}", "{objection_says}"),
        _CONTACT,
        _text("特此告知。", "Yours faithfully"),
        _text("附件：评分卡", "Enclosed: the card"),
        *_SIGNED,
    ),
    Kind.DECISION: (
        *_title("{年度}年度法治政府建设考核异议处理决定书", "Decision on an objection in the assessment of {year}"),
        _TO_UNIT,
        _text(
            "你单位{提出时间}就“{指标}”提出的异议（第{异议编号}号）收悉。经复核，现作出如下决定。",
            "Your objection (number {number}) to “{indicator}”, filed {filed}, was reviewed and is decided as follows.",
        ),
        _heading("一、异议内容", "1. What you claim"),
        _text("{异议内容}。", "{claim}."),
        _text("{异议请求}", "{wanted}"),
        _text("{异议证据}", "{evidence}"),
        _heading("二、处理决定", "2. The decision"),
        _text("异议{处理结果}。", "The objection is {outcome}."),
        _heading("三、事实和理由", "3. Facts and reasons"),
        _text("{决定理由}。", "{grounds}."),
        _heading("四、对得分的影响", "4. What it does to scores"),
        _text("{得分变化}", "{effect}"),
        _CONTACT,
        *_SIGNED,
    ),
    Kind.PUBLIC: (
        *_title("关于{年度}年度法治政府建设考核结果的公示", "Public notice of the results of the assessment of {year}"),
        Line(Look.NAME, Words("{待公布标记}", "{draft}")),
        _text(
            "根据《{体系}》，经评审，现将{单位数}个单位{年度}年度法治政府建设考核{结果性质}予以公示。",
            "By “{scheme}”, the {stage} of {units} units in the assessment of {year} is published herewith.",
        ),
        Line(Look.TABLE, Words("{排名表}", "{ranking}")),
        _text("公示期：{公示期}。", "Period of this notice: {period}."),
        _text(
            "公示期内对公示内容有意见的，请以书面形式反映；以单位名义反映的应当加盖公章，以个人名义反映的应当署真实姓名，并留"
            "联系方式。",
            "Remarks are taken in writing during this period: sealed where they are a unit's, signed with the true "
            "name where "
            "they are a person's, and with an address.",
        ),
        _CONTACT,
        *_SIGNED,
    ),
}
