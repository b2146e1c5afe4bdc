"""Words of the command line itself: help, headings, usage errors."""

import re
from collections.abc import Iterator

import click

from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Words

HELP = {
    "group": Words(
        "法治政府建设考核评分引擎：检查指标体系，印发填报表，核对报送数据，计分排名，逐项说明扣分理由。",
        "Scores assessments of rule-of-law government: checks the indicator tree, writes templates, reads "
        "submissions, ranks, and explains every point lost.",
    ),
    "lint": Words(
        "检查指标体系，一次列出全部问题及其行、列。", "Check an indicator tree; lists every problem at once."
    ),
    "show": Words(
        "查看指标体系：各级个数、分值和全部指标。程序自带的写编码即可，如 qujialing-2017。",
        "Show a tree: counts, points and every node. Carried ones go by their code, such as qujialing-2017.",
    ),
    "template": Words(
        "按单位名册生成填报表，每单位一份；或者生成考核机关自用的工作簿。",
        "Write one blank submission workbook per unit, or the workbooks that the office itself keeps.",
    ),
    "check": Words("核对报送的填报表，问题逐格列出，不计分。", "Check submissions, cell by cell, without scoring."),
    "score": Words("计分、排名、评等次，并输出评分表。", "Score, rank and grade; write the scorecard."),
    "explain": Words("说明一个单位（或其一项指标）的得分由来。", "Explain a unit's score, or one indicator's."),
    "advise": Words(
        "推算一个或全部单位怎样达到下一等次：改哪些填报值，到多少，加几分。",
        "What it would take a unit, or every unit, to reach the next grade: figures, and the points they give.",
    ),
    "advise_unit": Words(
        "单位编码，或没有重名的单位名称；不写则为全部单位",
        "code of a unit, or a name that no other has; every unit where none is given",
    ),
    "verify": Words(
        "核验一份评分表：用指标体系和输入文件重新计算，逐格比较。",
        "Verify a scorecard: recompute it from the tree and the inputs, and compare every cell.",
    ),
    "diff": Words(
        "比较两个版本的指标体系：按含义逐项列出变化，分影响得分、影响填报、文字三类，原文与新文对照。"
        "OLD、NEW 是文件夹、YAML 文件或程序自带的编码。",
        "Compare two editions of a tree by meaning: what moves scores, what is filled in, words alone, old beside new. "
        "OLD and NEW are folders, YAML files or codes of carried trees.",
    ),
    "diff_format": Words(
        "text 屏幕文字，json 供程序读取，md 合并请求用的表格，xlsx 对照表；不写则按 -o 的后缀，没有 -o 的为 text",
        "text for the screen, json for scripts, md a table for a pull request, xlsx a workbook; by the suffix of -o "
        "where none is named, text without -o",
    ),
    "diff_out": Words("写到文件（- 为标准输出）", "write to a file (-: standard output)"),
    "fail_on": Words(
        "有这一类或更重的变化时退出码为 1：score 影响得分，filling 影响填报，text 文字（重→轻）；不写则有无变化都为 0",
        "exit code 1 where there is a change of this class or a graver one (score, filling, text); else 0 in any case",
    ),
    "rehearse": Words(
        "试算修订的影响：把按 OLD 收来的填报表和考核机关的工作簿，用 OLD、NEW 各算一遍，考核年度不变；谁升谁降、各是"
        "哪一处改动引起的，什么算不出来，新增多少填报。INPUT 同 score。",
        "Rehearse a revision: what was submitted under OLD, with the office's own workbooks, scored by OLD and by NEW, "
        "the assessed year held. Who moves and by which change, what cannot be scored, what is newly asked. INPUT as "
        "for score.",
    ),
    "new_roster": Words(
        "新体系的名册，单位撤并、类型或分组有变时写；与 --roster 一并给出",
        "roster of NEW, where units, types or cohorts change; goes with --roster",
    ),
    "rehearse_out": Words(
        "写出供委员会看的工作簿（- 为标准输出）", "write the workbook for a committee (-: standard output)"
    ),
    "rehearse_csv": Words("把 moves.csv、shares.csv 写到文件夹", "write moves.csv and shares.csv to a folder"),
    "rehearse_html": Words("把网页 index.html 写到文件夹", "write the page index.html to a folder"),
    "rehearse_overwrite": Words("替换内容不同的同名文件", "replace files that differ"),
    "diff_overwrite": Words(
        "原有的文件与本次不同时覆盖；写有意见的对照表从不覆盖",
        "replace a file that differs; never a workbook in which somebody wrote",
    ),
    "old_weights": Words(
        "原体系的权重方案，与新体系（--weights）不同时写",
        "weight set of the old tree, if not that of --weights",
    ),
    "new": Words(
        "为下一版本（下一年度）复制指标体系：编码、注释、次序、分册逐字照抄，只改版本和考核年度；"
        "写有年份、日期的文字不改，逐处列出待核对。DIR 须是空的或还没有的文件夹。",
        "A copy of a tree for its next edition: codes, comments, order and parts as they are, only edition and year "
        "changed; texts that name a year or a day are listed, never changed. DIR is an empty folder or none yet.",
    ),
    "new_from": Words(
        "从哪个指标体系：文件夹、YAML 文件，或程序自带的编码（如 qujialing-2017）",
        "the tree to copy: a folder, a YAML file, or the code of a carried one (such as qujialing-2017)",
    ),
    "new_edition": Words("新的版本，如 2026、2026年修订版", "the new edition, such as 2026"),
    "new_year": Words(
        "新的考核年度；不写的，版本就是年份（2026、2026年、2026年版）时取它",
        "the new assessed year; may be left out where the edition is a year (2026)",
    ),
    "schema": Words(
        "输出指标体系的格式（JSON Schema），名称和说明为中文，供编辑器提示和校验；用法见 docs/editing.md。",
        "Print the format of trees as a JSON Schema, titles and descriptions in Chinese, for editors and validators; "
        "see docs/editing.md.",
    ),
    "draft": Words(
        "JSON Schema 的版本：2020-12（不写即此），或多数编辑器用的 7",
        "version of JSON Schema: 2020-12, or 7, which most editors know",
    ),
    "export": Words(
        "把指标体系写成供传阅、讨论的表：序号、各级指标、分值、评分标准、牵头单位、责任单位、佐证材料、说明，另附其他规定。",
        "Write a tree as the table that a committee circulates: indicators with points, standards, units and evidence, "
        "and all other rules.",
    ),
    "import": Words(
        "把传阅后改过的表取回指标体系：先按含义列出要改的各处，加 --write 才写入 YAML，注释和其余内容一字不动。",
        "Take a circulated table back into the tree: what would change is shown by meaning; --write changes the YAML "
        "and leaves comments and everything else as they are.",
    ),
    "import_into": Words(
        "不取回，而由单位自己的表生成指标体系的初稿，写入这个文件夹",
        "make a first tree of an office's own table, in this folder",
    ),
    "import_write": Words("写入；不写则只列出要改的各处", "write the changes; else they are only shown"),
    "export_out": Words(
        "写入的文件：.xlsx 工作簿，或 .docx 文档（须安装 lawgov-score[docx]）",
        "file to write: an .xlsx workbook, or a .docx document (needs lawgov-score[docx])",
    ),
    "export_paper": Words("工作簿的纸张，横向；文档一律 A4", "paper of the workbook, landscape; a document is on A4"),
    "export_overwrite": Words(
        "已有内容不同的同名文件时覆盖（在其中所作的改动会丢失）",
        "replace a file of that name that differs (changes made in it are lost)",
    ),
    "SCORECARD.xlsx": Words("要核验的评分表", "the scorecard to verify"),
    "demo": Words(
        "演示：对五份公开报告和一轮虚构考核计分，写入一个文件夹（默认 out），并说明先看什么。",
        "A demonstration: scores five published reports and a made-up round into a folder (out if none is named), and "
        "says what to open first.",
    ),
    "demo_overwrite": Words(
        "重新写出演示用的填报表（改动过的会恢复原样）",
        "write the workbooks of the demonstration anew, also those changed",
    ),
    "start": Words(
        "给考核办开一个文件夹：指标体系、待填的单位名册、一年各步的命令和说明。从不覆盖已有文件。",
        "A folder for an office to begin with: a tree, a blank roster, the commands of a year and what to do first. "
        "Replaces nothing.",
    ),
    "start_tree": Words(
        "从哪个指标体系开始：程序自带的编码（如 qujialing-2017）或自己的文件夹；不写则用一个八项的小体系",
        "the tree to begin with: the code of a carried one (such as qujialing-2017), or a folder; a small one of eight "
        "items where none is named",
    ),
    "problem": Words("解释一个问题代码，附示例和改法。", "Explain a problem code, with an example and its cure."),
    "TREE": Words(
        "指标体系：含 tree.yaml 的文件夹，一个 YAML 文件，或程序自带的编码（如 qujialing-2017）",
        "a folder with tree.yaml, one YAML file, or the code of a carried tree (such as qujialing-2017)",
    ),
    "format": Words("输出格式", "output format"),
    "lang": Words("语言：zh 或 en（也可设环境变量 LAWGOV_LANG）", "language: zh or en (or LAWGOV_LANG)"),
    "roster": Words(
        "单位名册（.csv 或 .xlsx）：unit,name,type,cohort", "roster (.csv or .xlsx): unit,name,type,cohort"
    ),
    "template_roster": Words(
        "单位名册（.csv 或 .xlsx）：unit,name,type,cohort；不加 --assessor 时必须写",
        "roster (.csv or .xlsx): unit,name,type,cohort; needed without --assessor",
    ),
    "template_assessor": Words(
        "生成考核机关自用的工作簿：评审打分、复核改分、不适用认定、加减分登记等；写有 INPUT"
        "（各单位的填报表或其文件夹）的，申请不适用的指标已逐项列好待认定，评审打分旁边印有佐证材料和填报值",
        "write the office's own workbooks: marks, changes on review, rulings, register; given INPUTs (units' "
        "workbooks or their folder), claims of 不适用 stand ready to be ruled on, evidence and figures beside marks",
    ),
    "template_lead": Words(
        "只列这个牵头单位的指标（评审打分、不适用认定、考核机关填报项），工作簿名称后加单位名称；可以写多次，"
        "几个单位的合在一份；与 --assessor 同用",
        "only the indicators that this unit leads (marks, rulings, office figures); its name is added to those of the "
        "workbooks; may be given more than once, for one workbook of several units; with --assessor",
    ),
    "template_reviewer": Words(
        "每名评审人一份评审打分，姓名已写好；可以写多次；与 --assessor 同用",
        "a workbook of marks for each reviewer, the name filled in; may be given more than once; with --assessor",
    ),
    "template_previous": Words(
        "上年考核结果的文件夹，印在评分旁边；与 --assessor 同用",
        "folder of the last edition's results, printed beside the marks; with --assessor",
    ),
    "weights": Words(
        "权重方案（.yaml）：分值和权重单独成文的指标体系须写",
        "weight set (.yaml), for a tree that keeps its points apart",
    ),
    "assessor": Words(
        "考核机关自用的工作簿，或存放它们的文件夹；可以写多次",
        "the office's own workbooks, or a folder of them; may be given more than once",
    ),
    "previous": Words(
        "上年考核结果的文件夹（上年用 --csv 写出）；首次使用时可以是一份上年排名"
        "（.csv 或 .xlsx，有单位和位次或得分两栏即可）",
        "folder of the last edition's results, as --csv wrote them; in the first year a ranking is enough (.csv or "
        ".xlsx with units, and places or totals)",
    ),
    "since": Words(
        "本次考核以前运行的结果文件夹（当时用 --csv 写出）：说明谁的得分变了、为什么，并在 --csv 中写 changes.csv",
        "folder of an earlier run of this assessment, as --csv wrote it: says whose scores changed and why, and adds "
        "changes.csv to --csv",
    ),
    "notice": Words(
        "结果通知（.yaml）：受理异议的机关、电话、地址、通知日期、提出异议的期限和方式，印在评分卡、网页和退回修改副本上；不写则留空待填",
        "notice (.yaml): office, telephone, address, date of notification, deadline and way of an objection, for "
        "cards, pages and marked copies; without it there are blanks to fill in",
    ),
    "overwrite": Words(
        "覆盖文件夹中内容不同的同名工作簿（已填写的内容会丢失）",
        "replace workbooks of the same name that differ (what is filled in there is lost)",
    ),
    "overwrite_results": Words(
        "原有的结果文件与本次不同时覆盖，并删去本次没有的单位的评分卡和网页；不写则只要有一个不同，一份都不写",
        "replace results that differ from those of this run, and remove cards and pages of units that have none any "
        "more; without it nothing is written where one file differs",
    ),
    "out": Words("写入的文件夹", "folder to write to"),
    "scorecard": Words("评分表（.xlsx），- 表示标准输出", "scorecard (.xlsx), - for standard output"),
    "cards": Words("各单位评分卡写入的文件夹", "folder for one card per unit"),
    "jobs": Words(
        "用几个进程读取填报表、写退回副本、评分卡和网页；0（默认）按份数多少和处理器个数自定。结果与进程数无关",
        "how many processes read submissions and write marked copies, cards and pages; 0, the default: by the number "
        "of files and processors. The results are the same by any number",
    ),
    "cache": Words(
        "读过的填报表记在这个文件夹，下次只读有变动的；可随时删除",
        "folder in which readings are kept, so that only what changed is read again; may be deleted at any time",
    ),
    "csv": Words(
        "ranking.csv、scores.csv 和 figures.csv 写入的文件夹", "folder for ranking.csv, scores.csv and figures.csv"
    ),
    "dask": Words(
        "由 Dask 集群读取填报表（调度器地址，如 tcp://10.0.0.1:8786；须安装 lawgov-score[dask]）",
        "read on a Dask cluster (address of its scheduler, such as tcp://10.0.0.1:8786; needs lawgov-score[dask])",
    ),
    "html": Words(
        "网页写入的文件夹：public 中只有考核结果，供公布；office 中是检查发现和各单位的页，内部使用",
        "folder for web pages: in public the result alone, to be published; in office findings and a page a unit",
    ),
    "parquet": Words(
        "各单位各指标的得分表（Parquet 格式，供进一步分析；须安装 lawgov-score[parquet]）",
        "the scores by unit and indicator, for further analysis (needs lawgov-score[parquet])",
    ),
    "latest": Words(
        "同一单位有几份填报表时，采用最后保存的一份，并列出其余各份；考核机关自用的工作簿中同一件事有几次登记的，也以最后保存的"
        "为准；不写则都不采用",
        "where a unit sent several workbooks, take the one saved last, and name the others; likewise of entries for "
        "one thing in the office's own workbooks; otherwise none counts",
    ),
    "marked": Words(
        "把有问题或者有未填项的工作簿各复制一份到这个文件夹：问题标在单元格上，首页列出清单，可直接退回单位；原件不动",
        "folder for a copy of each workbook that has problems or blanks, marked on its cells and listed on a first "
        "sheet, ready to send back; the originals stay as they are",
    ),
    "register": Words(
        "把报送情况（谁报了、采用哪一份、未填、错误、状态）和未填报项写成登记表，一个 .xlsx 工作簿",
        "write who sent what (version in force, blanks, errors, state) and every blank as a workbook, an .xlsx",
    ),
    "overwrite_check": Words(
        "覆盖内容不同的同名登记表和退回副本；有人填过、改过的不覆盖",
        "replace a register and marked copies that differ; not those in which somebody wrote",
    ),
    "lead": Words(
        "只列一个单位的任务清单：先列牵头的，再列负有责任的",
        "only one unit's task sheet: what it leads, then what it assists in",
    ),
    "standards": Words(
        "附各指标的评分标准、填报项和说明（只用于文本格式）",
        "with every indicator's standard, questions and note (text only)",
    ),
    "unit": Words("单位编码，或没有重名的单位名称", "code of a unit, or a name that no other has"),
    "indicator": Words("指标编码，各级均可", "code of an indicator, or of any group"),
    "version": Words("显示版本", "show the version"),
    "help": Words("显示本帮助", "show this help"),
    "usage": Words("用法：", "Usage: "),
    "options": Words("选项", "Options"),
    "commands": Words("命令", "Commands"),
}

_USAGE_ERRORS = {
    click.exceptions.MissingParameter: Words("缺少参数 {name}", "missing: {name}"),
    click.exceptions.BadOptionUsage: Words("选项 {name} 缺少取值", "option {name} needs a value"),
    click.exceptions.BadParameter: Words("参数 {name} 不可用：{message}", "{name}: {message}"),
}
_NO_OPTION = Words("没有选项 {name}", "no such option: {name}")
_NO_OPTION_BUT = Words("没有选项 {name}，是否想写 {meant}？", "no such option: {name}; did you mean {meant}?")
_NO_COMMAND = Words("没有命令 {name}；现有 {known:list}", "no such command: {name}; there are {known:list}")
_NO_COMMAND_BUT = Words("没有命令 {name}，是否想写 {meant}？", "no such command: {name}; did you mean {meant}?")
_EXTRA = Words("多出的参数：{found}", "too many arguments: {found}")
_NO_CHOICE = Words("{name} 只能是 {known:list} 之一", "{name} is one of {known:list}")
_NO_COMMAND_SAID = re.compile("No such command '(.*)'")  # click says what it found in its own English alone
_EXTRA_SAID = re.compile(r"Got unexpected extra arguments? \((.*)\)")
_NO_CHOICE_SAID = re.compile("is not (?:one of )?")
_OTHER = Words("命令写法有误：{message}", "{message}")
_SEE = Words("用法见 lawgov-score {command}--help", "See lawgov-score {command}--help")


_DASHES = re.compile("[\u2010-\u2015\u2212\uff0d-]+")  # characters that input methods make of --
_DASH = Words(
    "“{word}”开头不是英文减号，应写作 {meant}（中文输入法会把两个减号变成破折号）",
    "“{word}” does not begin with hyphens: write {meant} (input methods turn two of them into a dash)",
)


def meant_option(word: str, group: click.Group) -> str:
    """The option meant by a word that begins with another kind of dash (——roster); '' if none is."""
    begin = _DASHES.match(word)
    if begin is None or not begin[0].strip("-"):
        return ""
    name = word[begin.end() :].partition("=")[0]
    options = {option for command in _commands(group) for one in command.params for option in one.opts}
    return next((option for option in sorted(options) if option.startswith("-") and option.lstrip("-") == name), "")


def _commands(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        yield command
        if isinstance(command, click.Group):
            yield from _commands(command)


def dash_text(word: str, meant: str, lang: Language) -> str:
    """The message about such a word."""
    return render(_DASH(word=word, meant=meant), lang)


def usage_text(error: click.UsageError, lang: Language) -> str:
    """A usage error in words, with what was meant if that is certain, and the help to look at."""
    command = error.ctx.command_path.partition(" ")[2] if error.ctx else ""  # round new: a command of a group
    line = render(_said(error), lang)
    return f"{line}\n{render(_SEE(command=f'{command} ' if command else ''), lang)}"


def _said(error: click.UsageError) -> Phrase:
    from lawgov_score.likeness import meant

    parameter, context = getattr(error, "param", None), error.ctx
    name = getattr(error, "option_name", None) or (parameter.get_error_hint(context) if parameter else "")
    if isinstance(error, click.exceptions.NoSuchOption) and context is not None:
        known = sorted({option for one in context.command.params for option in one.opts if option.startswith("--")})
        near = meant(name, known)
        return _NO_OPTION_BUT(name=name, meant=near) if near else _NO_OPTION(name=name)
    unknown = _NO_COMMAND_SAID.match(error.message)
    if unknown and context is not None and isinstance(context.command, click.Group):
        known = list(context.command.commands)
        near = meant(unknown[1], known)
        words = _NO_COMMAND_BUT if near else _NO_COMMAND
        return words(name=unknown[1], meant=near, known=tuple(known))
    too_many = _EXTRA_SAID.match(error.message)
    if too_many:
        return _EXTRA(found=too_many[1])
    if parameter is not None and isinstance(parameter.type, click.Choice) and _NO_CHOICE_SAID.search(error.message):
        return _NO_CHOICE(name=name, known=tuple(map(str, parameter.type.choices)))
    words = next((template for kind, template in _USAGE_ERRORS.items() if isinstance(error, kind)), _OTHER)
    return words(name=name, message=error.message)
