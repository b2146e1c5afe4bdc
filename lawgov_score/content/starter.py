"""The starter folder of an office: its names, the steps of a year with their commands, and what to do first.

Names of files in commands are ASCII, as those of `round export` are, so that a batch file holds nothing but ASCII:
a command prompt reads it alike under every code page. What people choose (the batch files) has names in their language.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lawgov_score.report import render
from lawgov_score.wording import Language, Text, Words

TREE, ROSTER, NOTICE, RECEIVED = "tree", "roster.xlsx", "notice.yaml", "received"
READ_ME = Words("先读我.txt", "read-me-first.txt")
SHELL = "year.sh"
ENVIRONMENT = "lawgov"  # docs/install.md calls the virtual environment so; beside the folder it is found

_CAME = f"{RECEIVED} --roster {ROSTER} --latest"
_SENT = f"{_CAME} --assessor office"
_HANDED_OUT = f"{_SENT} --notice {NOTICE}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the year: what it is called, what is done before it by hand, what comes of it, and its commands.

    ``publishes``: the folder of a publication, in which what it was made of is kept after the first command.
    """

    name: Words
    before: Words
    after: Words
    commands: tuple[str, ...]
    publishes: str = ""


def _results(folder: str) -> str:
    return f"-o {folder}/scorecard.xlsx --cards {folder}/cards --csv {folder}/csv --html {folder}/pages"


KEPT = "inputs"  # in the folder of a publication: copies of what it was made of
_INPUTS = (TREE, RECEIVED, "office", ROSTER, NOTICE)
_KEPT_ZH = f"批处理文件把 {'、'.join(_INPUTS)} 复制到 first/{KEPT}（逐条输入命令的，自己复制）"
_KEPT_EN = f"The batch file copies {', '.join(_INPUTS)} to first/{KEPT} (copy them yourself if you type the commands)"


def _verified_later(folder: str) -> str:
    """How a publication is verified when the folders of the year have gone on."""
    at = f"{folder}/{KEPT}"
    came = f"{at}/{TREE} {at}/{RECEIVED} --roster {at}/{ROSTER} --latest --assessor {at}/office --notice {at}/{NOTICE}"
    return f"lawgov-score verify {folder}/scorecard.xlsx {came}"


STEPS = (
    Step(
        Words("检查指标体系", "check-the-tree"),
        Words(
            "照印发的方案改好 tree 文件夹里的指标体系（用记事本打开，以 # 开头的是说明）。\n"
            "  tree.yaml 里的 year（考核年度）和 edition（版本）要改成今年的，填报表、评分卡都照它印。",
            "Make the tree in the folder tree say what your scheme says (any text editor; lines with # are comments). "
            "Set year (the assessed year) and edition in tree.yaml: workbooks and cards are printed by them.",
        ),
        Words(
            "写错的地方按文件、行、列逐条列出；改到“没有发现问题”为止。",
            "Every fault is named by file, line and column. Repeat until no problems are found.",
        ),
        (f"lawgov-score lint {TREE}",),
    ),
    Step(
        Words("生成填报表", "write-templates"),
        Words(
            "填好 roster.xlsx（单位名册）：编码、名称，类型和分组从列表中选。",
            "Fill in roster.xlsx: code, name, and type and cohort from their lists.",
        ),
        Words(
            "templates 里每个单位一份填报表，发给各单位。填过的不会被覆盖。",
            "templates has a workbook for each unit, to be sent out. What was filled in is never replaced.",
        ),
        (f"lawgov-score template {TREE} --roster {ROSTER} -o templates",),
    ),
    Step(
        Words("核对填报表", "check-what-came"),
        Words(
            "把各单位报来的填报表放进 received，原样放，不要打开改。改好补报的也直接放进去，与原来的放在一起，\n"
            "  文件名要与原来的不同（如后面加“补报”），不要放在下级文件夹里；以最后保存的为准。",
            "Put what units send into received, unopened and as it is. What a unit corrected goes there too, beside "
            "its first file, under another name and in no folder below: the one saved last counts.",
        ),
        Words(
            "register.xlsx 里是谁报了、谁没报、哪些没填；marked 里是有问题的填报表的退回副本，可以直接退回。\n"
            "  可以反复核对，每次重新写出；您在 register.xlsx 或副本里写过字的，不会被覆盖，屏幕上会写明。\n"
            "  副本上印着 notice.yaml 里的机关、电话、地址，退回以前就可以填好这几行。",
            "register.xlsx says who sent what, and what is blank; marked has a copy of each faulty workbook, ready to "
            "return. Check as often as you like: both are written anew, but for those in which you wrote, which are "
            "named. The copies show office, telephone and address of notice.yaml: fill these in first.",
        ),
        (f"lawgov-score check {TREE} {_CAME} --notice {NOTICE} --register register.xlsx --marked marked --overwrite",),
    ),
    Step(
        Words("准备评审", "prepare-the-review"),
        Words("填报表收齐，退回的也改好报来了。", "Everything is in, also what was sent back."),
        Words(
            "office 里是考核办自己填的：评审打分（列着佐证）、不适用认定（列着申请）、加减分登记、复核改分等。\n"
            "  填过的不会被覆盖；以后才提出的不适用申请，在“不适用认定”里另起一行写上就行，不必重新生成。\n"
            "  每个评审人各填一份的，加 --reviewer 姓名。",
            "office has what the office fills in itself: marks (the units' evidence beside them), rulings (the claims "
            "stand there), register, changes. What was filled in is never replaced; a claim that comes later is typed "
            "into a new row of the rulings. --reviewer NAME: one for each.",
        ),
        (f"lawgov-score template {TREE} {_CAME} --assessor -o office",),
    ),
    Step(
        Words("试算", "trial"),
        Words(
            "office 里的工作簿能填的先填：评审打分、考核机关填报项、加减分登记、不适用认定。",
            "Fill in what you can in the workbooks of office: marks, own figures, register, rulings.",
        ),
        Words(
            "trial 里是试算的评分表和评分卡，供内部看：谁缺什么、哪些待审核。没有定的事改了再算。",
            "trial has scorecard and cards for the office alone: what is missing, what is not reviewed yet. Repeat at "
            "will.",
        ),
        (f"lawgov-score score {TREE} {_HANDED_OUT} {_results('trial')} --overwrite",),
    ),
    Step(
        Words("公布初次结果", "first-publication"),
        Words(
            "notice.yaml 写上受理异议的电话、地址、期限。评审、认定都已定稿。",
            "Write telephone, address and deadline of objections into notice.yaml. Marks and rulings are final.",
        ),
        Words(
            "first 里：scorecard.xlsx 存档；cards 里的评分卡发给各单位；pages/public 供公布。随即核验一遍。\n"
            f"  {_KEPT_ZH}，以后核验 first 要用它们（received 和 office 以后还会变）：\n"
            f"    {_verified_later('first')}",
            "In first: scorecard.xlsx to keep, cards to send out, pages/public to publish. It is verified at once.\n"
            f"  {_KEPT_EN}: received and office go on changing, and first is verified by the copies:\n"
            f"    {_verified_later('first')}",
        ),
        (
            f"lawgov-score score {TREE} {_HANDED_OUT} {_results('first')}",
            f"lawgov-score verify first/scorecard.xlsx {TREE} {_HANDED_OUT}",
        ),
        publishes="first",
    ),
    Step(
        Words("公布异议处理后的结果", "second-publication"),
        Words(
            "异议成立的，在 office 的“复核改分”里写明改几分、为什么、谁复核；\n"
            "  数字报错的，更正后的填报表放进 received（文件名与原来的不同）。\n"
            "  notice.yaml 里的通知日期、异议期限改成这一次的；不再受理异议的，deadline 和 way 空着。",
            "An objection that is right: write the new score, why, and who decided into Changes in office; a wrong "
            "figure: put the corrected workbook into received, under another name. Set the days of notice.yaml to "
            "those of this publication; leave deadline and way empty where no objection is possible any more.",
        ),
        Words(
            "second 里是再次公布的一套；复核改分的，新评分卡上写着原因。csv/changes.csv 列出改了谁的哪一项、为什么。\n"
            "  屏幕上写明谁的评分卡要重发。first 原样留存。",
            "second has the second publication; a score that was changed on review has its reason on the card. "
            "csv/changes.csv lists who changed in what, and why; the screen says who needs a new card. first stays as "
            "it was.",
        ),
        (
            f"lawgov-score score {TREE} {_HANDED_OUT} {_results('second')} --since first/csv",
            f"lawgov-score verify second/scorecard.xlsx {TREE} {_HANDED_OUT}",
        ),
        publishes="second",
    ),
)

_BATCH_NAME = Words("{number}-{name}.bat", "{number}-{name}.bat")
_TITLE = Words("{title}：一年考核怎么做", "{title}: a year of assessment")
_FIRST = Words(
    "这个文件夹是由 lawgov-score start 生成的，一年的考核从头到尾都在这里做。\n"
    "Windows 上依次双击 1 到 7 的 .bat 文件；其他系统在终端运行 sh year.sh 1，直到 sh year.sh 7。\n"
    "也可以在这个文件夹里直接输入下面的命令，效果一样。\n"
    "程序从不改动报来的填报表。命令停在哪里，屏幕上会写明为什么、怎么办；\n"
    "不明白的代码（如 S201）用 lawgov-score problem S201 查。",
    "lawgov-score start made this folder; the whole year is done in it.\n"
    "On Windows double-click the .bat files 1 to 7 in turn; elsewhere run sh year.sh 1 to sh year.sh 7 in a terminal.\n"
    "The commands below, typed in this folder, do the same.\n"
    "What units sent is never changed. Where a command stops, it says why and what to do; lawgov-score problem S201 "
    "explains a code such as S201.",
)
_FILES = Words(
    "文件夹里有什么：\n"
    "  tree           指标体系\n"
    "  roster.xlsx    单位名册，待填\n"
    "  notice.yaml    结果通知：机关、电话、地址（退回副本上也印，核对以前填），通知日期和异议期限（公布以前填）\n"
    "  received       收到的填报表放这里",
    "What is here:\n"
    "  tree           the indicator tree\n"
    "  roster.xlsx    the roster, to be filled in\n"
    "  notice.yaml    office, telephone, address (also on marked copies: before step 3); days (before publication)\n"
    "  received       put here what units send",
)
_STEP = Words(
    "{number}．{name}\n  先做：{before}\n  命令：\n{commands}\n  结果：{after}",
    "{number}. {name}\n  First: {before}\n  Commands:\n{commands}\n  Then: {after}",
)
_LATER = Words(
    "查一个单位、一项的得分由来：\n  lawgov-score explain tree {sent} --unit 单位编码 --indicator 指标编码\n"
    "明年：从今年的指标体系开出新版本，改好以后再新建一个文件夹：\n"
    "  lawgov-score new 新体系 --from 今年文件夹/tree --edition 年份\n"
    "  lawgov-score start 明年文件夹 --tree 新体系\n"
    "在 5、6、7 步的 score 和 verify 命令后面加上 --previous 今年文件夹/second/csv，就有与上年的比较。\n"
    "屏幕上列出错误，不等于没有算成：报来的材料有问题的逐条列出，其余照算。",
    "Where one score comes from:\n  lawgov-score explain tree {sent} --unit CODE --indicator CODE\n"
    "Next year: a new edition of this tree and, once it is edited, a new folder:\n"
    "  lawgov-score new NEXT-TREE --from THIS-FOLDER/tree --edition YEAR\n"
    "  lawgov-score start NEXT-FOLDER --tree NEXT-TREE\n"
    "With --previous THIS-FOLDER/second/csv behind the score and verify commands of steps 5 to 7 they compare.\n"
    "Errors on the screen do not mean that nothing was done: what is wrong in the files is listed, all else is scored.",
)
_NOT_TRIED = Words(
    ".bat 文件是照 Windows 命令提示符的写法生成的，本版没有在 Windows 上实际运行过；不能用时，照上面的命令逐条输入。",
    "The .bat files are written for the Windows command prompt, but this version was not tried on Windows. If one does "
    "not work, type the commands above.",
)

NOTICE_TEXT = Words(
    "# 结果通知：印在评分卡、网页和退回修改副本上。冒号后面填写，空着的留待手填；日期写作 2027-03-05。\n"
    "office:      # 受理异议的机关\n"
    "telephone:   # 电话\n"
    "address:     # 地址\n"
    "notified:    # 结果通知日期\n"
    "deadline:    # 提出异议的最后一天\n"
    "way:         # 提出异议的方式，如 书面（加盖单位公章），送交或邮寄\n",
    "# The notice, printed on cards, pages and marked copies. Write behind the colons; what is empty is left blank to\n"
    "# be filled in by hand. Dates as 2027-03-05.\n"
    "office:      # where objections go\n"
    "telephone:\n"
    "address:\n"
    "notified:    # the day on which results are sent out\n"
    "deadline:    # the last day for an objection\n"
    "way:         # how one objects\n",
)


def batch_files(lang: Language) -> Iterator[tuple[str, str]]:
    """Name and text of a batch file for each step: for the Windows command prompt, ASCII alone."""
    for number, step in enumerate(STEPS, start=1):
        lines = ["@echo off", 'cd /d "%~dp0"', f'set "PATH=%~dp0..\\{ENVIRONMENT}\\Scripts;%PATH%"']
        first, *others = step.commands
        lines += [f"set LAWGOV_LANG={lang}", first, *_copied_by_cmd(step.publishes), *others, "pause", ""]
        yield render(_BATCH_NAME(number=str(number), name=step.name), lang), "\r\n".join(lines)


def _copied_by_cmd(folder: str) -> Iterator[str]:
    """Keeps what a publication was made of, once: not after a run that wrote nothing, and never over what is kept."""
    for name in _INPUTS if folder else ():
        to = f"{folder}\\{KEPT}"
        how = f"copy {name} {to}\\" if "." in name else f"xcopy /e /i /q {name} {to}\\{name}"
        yield f"if not errorlevel 2 if not exist {to}\\{name} {how} >nul"


def _copied_by_sh(folder: str) -> Iterator[str]:
    if folder:
        to = f"{folder}/{KEPT}"
        yield f'  if [ "$code" -lt 2 ] && [ ! -e {to} ]; then'
        yield f"    mkdir {to} && cp -R {' '.join(_INPUTS)} {to}/ || code=$?"
        yield "  fi"


def shell_file(lang: Language) -> str:
    """The same steps for every other system: `sh year.sh NUMBER`."""
    lines = ["#!/bin/sh", 'cd "$(dirname "$0")" || exit 2', f'PATH="$PWD/../{ENVIRONMENT}/bin:$PATH"']
    lines += [f"LAWGOV_LANG={lang}", "export PATH LAWGOV_LANG", "code=0", 'case "$1" in']
    for number, step in enumerate(STEPS, start=1):
        lines += [f"{number}) # {render(step.name, lang)}"]
        first, *others = [f"  {command} || code=$?" for command in step.commands]
        lines += [first, *_copied_by_sh(step.publishes), *others]
        lines += ["  ;;"]
    usage = " ".join(f"{number}={render(step.name, lang)}" for number, step in enumerate(STEPS, start=1))
    lines += ["*)", f"  echo 'sh {SHELL} NUMBER: {usage}' >&2", "  code=2", "  ;;", "esac", "exit $code", ""]
    return "\n".join(lines)


def _flag(lang: Language) -> str:
    return " --lang en" if lang is Language.EN else ""


def read_me(title: str, lang: Language) -> str:
    """The text to read first: what is here, and the steps with their commands."""
    steps = [
        render(
            _STEP(
                number=str(number),
                name=step.name,
                before=step.before,
                after=step.after,
                commands="\n".join(f"    {command}{_flag(lang)}" for command in step.commands),
            ),
            lang,
        )
        for number, step in enumerate(STEPS, start=1)
    ]
    parts: list[Text] = [_TITLE(title=title), _FIRST, _FILES, *steps, _LATER(sent=_SENT), _NOT_TRIED]
    return "\n\n".join(render(part, lang) for part in parts) + "\n"
