"""``round document``: letters and notices of the year, as .docx and HTML, from templates that an office edits."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lawgov_score.cli.options import Maker
from lawgov_score.cli.rounds import data_argument, needing_rounds, open_round
from lawgov_score.cli.saying import say
from lawgov_score.cli.showing import nearest, show_problems
from lawgov_score.cli.streams import OutputFolder
from lawgov_score.problems import display_path
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.documents.kinds import Kind
    from lawgov_score.documents.making import Made

_ABOUT = Words(
    "印制本轮的文书（.docx 和网页各一份）：通知、退回函（一家一份）、结果告知书（一家一份，只写本单位的结果）、异议"
    "处理决定"
    "书（一件一份）、公示。不写 -o 只列出要印哪些；写了 -o 才印，并记入办理记录。措辞可以改：--write-templates 写出"
    "模板，"
    "在 Word、WPS 中改好，用 --templates 交回。",
    "Makes documents of the round, each as .docx and as a page: notice; letter of return, one a unit; notification of "
    "result, one a unit, with its own result alone; decision, one an objection; public notice. Without -o it lists "
    "what "
    "it would make; with -o it makes them, and that is on record. --write-templates writes the templates, to be "
    "edited in "
    "Word or WPS and given back by --templates.",
)
_OUT = Words("文书写到这个文件夹", "folder for the documents")
_UNIT = Words("只印这个单位的；可写多次", "only of this unit; may be given several times")
_NUMBER = Words("只印第几号异议的决定书；或者第几次公布的结果", "only of objection N; or the results of publication N")
_TEMPLATES = Words(
    "改过的模板所在的文件夹：从现在起用它印，由轮次留存；没有改过的不必放",
    "folder of edited templates, kept by the round and used from now on; those that were not edited may be missing",
)
_OVERWRITE = Words("覆盖文件夹中内容不同的同名文件", "replaces files of the same name that differ")
_WRITE = Words("把模板写到这个文件夹，供修改", "writes the templates to this folder, to be edited")
_NO_KIND = Words("缺少文书种类：{kinds:list}", "which document? {kinds:list}")
_NO_TEMPLATE = Words("文件夹中没有模板 {name}", "the folder has no template {name}")
_NOT_BOTH = Words(
    "--write-templates 只写模板，不写 {found}", "--write-templates writes templates alone: leave out {found}"
)
_NO_UNITS = Words("这种文书不分单位，不写 --unit", "this document is to no unit: leave out --unit")
_NO_NUMBER = Words("这种文书没有编号，不写 --number", "this document has no number: leave out --number")
_WOULD = Words("要印 {n} 份{kind}：", "{n} would be made, {kind}:")
_ONE = Words("  {name}", "  {name}")
_MORE = Words("  另有 {n} 份", "  and {n} more")
_PREVIEW = Words("以上没有印：要印的，再运行一次，加上 -o 文件夹。", "Nothing was made: run it again with -o DIR.")
_MADE = Words(
    "已印 {n} 份{kind}，在 {folder}（.docx 和 .html 各一份），已记入办理记录。",
    "Made {n}, {kind}, in {folder} (.docx and .html of each); that is on record.",
)
_IN_USE = Words("从现在起用改过的模板：{name}", "Edited template in use from now on: {name}")
_WROTE = Words(
    "已写出 {n} 个模板，在 {folder}。在 Word、WPS 中改好保存，印文书时写 --templates {folder}",
    "Wrote {n} templates in {folder}. Edit them in Word or WPS, then make documents with --templates {folder}",
)
_MOST_LISTED = 20


def command(make: Maker) -> click.Command:
    """The command, worded in the language of ``make``."""
    lang = make.lang
    folder = OutputFolder(lang)
    kind_argument = click.Argument(["kind"], required=False, default="", metavar="KIND")
    options = (
        click.Option(["-o", "--output", "out"], type=folder, metavar="DIR", help=render(_OUT, lang)),
        click.Option(["--unit", "units"], multiple=True, metavar="CODE", help=render(_UNIT, lang)),
        click.Option(["--number"], type=int, metavar="N", help=render(_NUMBER, lang)),
        click.Option(["--templates"], type=folder, metavar="DIR", help=render(_TEMPLATES, lang)),
        click.Option(["--write-templates", "to_edit"], type=folder, metavar="DIR", help=render(_WRITE, lang)),
        click.Option(["--overwrite"], is_flag=True, help=render(_OVERWRITE, lang)),
    )

    def document(
        folder: Path,
        kind: str,
        out: Path | None,
        units: Sequence[str],
        number: int | None,
        templates: Path | None,
        to_edit: Path | None,
        overwrite: bool,
    ) -> int:
        if to_edit is not None:
            given = {"KIND": kind, "-o": out, "--unit": units, "--number": number, "--templates": templates}
            if found := [name for name, value in given.items() if value]:
                raise click.UsageError(render(_NOT_BOTH(found=found[0]), lang))
            return _write(folder, to_edit, lang, overwrite=overwrite)
        with needing_rounds():
            from lawgov_score.documents.kinds import Kind
        of = _kind(kind, kind_argument, lang)
        if units and of in {Kind.NOTICE, Kind.PUBLIC}:
            raise click.UsageError(render(_NO_UNITS, lang))
        if number is not None and of in {Kind.NOTICE, Kind.RETURN}:
            raise click.UsageError(render(_NO_NUMBER, lang))
        return _make(folder, of, out, units, number, templates, lang, overwrite=overwrite)

    return make.command("document", document, data_argument(lang), kind_argument, *options, about=_ABOUT)


def _make(
    folder: Path,
    kind: "Kind",
    out: Path | None,
    units: Sequence[str],
    number: int | None,
    templates: Path | None,
    lang: Language,
    *,
    overwrite: bool,
) -> int:
    with open_round(folder) as data:
        from lawgov_score.documents.handing_out import hand_out
        from lawgov_score.documents.making import draft_documents
        from lawgov_score.documents.templates import edited_in, read_edited, use_template
        from lawgov_score.problems import RefusedError, is_error
        from lawgov_score.rounds.clock import real_now
        from lawgov_score.rounds.creation import seat_of, the_round
        from lawgov_score.rounds.names import Role

        round_, office, now = the_round(), seat_of(Role.OFFICE), real_now()
        template = None
        edited = None if templates is None else edited_in(templates, kind, lang)
        if templates is not None and edited is None:
            from lawgov_score.documents.kinds import template_name

            raise click.UsageError(render(_NO_TEMPLATE(name=template_name(kind, lang)), lang))
        if edited is not None:
            template, problems = read_edited(edited[0], kind, lang, edited[1])
            if template is None:
                raise RefusedError(*filter(is_error, problems))
        made = draft_documents(data, round_, kind, now, units=units, number=number, lang=lang, template=template)
        if out is None:
            _say_listed(made, lang)
        else:
            if edited is not None:
                use_template(data, round_, kind, edited[0], office, now, lang=lang, path=edited[1])
                say(render(_IN_USE(name=edited[1]), lang), err=True)
            hand_out(data, round_, made, out, office, now, overwrite=overwrite)
            say(render(_MADE(n=len(made.files) // 2, kind=_name(kind), folder=display_path(out)), lang))
        return show_problems(made.problems, "text", lang) if made.problems else 0


def _write(folder: Path, to_edit: Path, lang: Language, *, overwrite: bool) -> int:
    with open_round(folder) as data:
        from lawgov_score.documents.templates import write_templates
        from lawgov_score.files import batch
        from lawgov_score.rounds.creation import the_round

        with batch(overwrite=overwrite) as outputs:
            names = write_templates(data, the_round(), to_edit, lang, outputs)
    say(render(_WROTE(n=len(names), folder=display_path(to_edit)), lang), err=True)
    return 0


def _kind(text: str, argument: click.Argument, lang: Language) -> "Kind":
    """The kind of a code or a name in either language."""
    from lawgov_score.documents.kinds import KIND_NAMES, Kind

    wanted = text.strip().casefold()
    names = {render(KIND_NAMES[one], lang): one for one in Kind}
    if not wanted:
        raise click.UsageError(render(_NO_KIND(kinds=tuple(names) if lang is Language.ZH else tuple(Kind)), lang))
    for one in Kind:
        if wanted in {one.value, KIND_NAMES[one].zh, KIND_NAMES[one].en}:
            return one
    known = [*names, *(one.value for one in Kind)] if lang is Language.ZH else [one.value for one in Kind]
    raise click.BadParameter(nearest(text, known, lang), param=argument)


def _name(kind: "Kind") -> Words:
    from lawgov_score.documents.kinds import KIND_NAMES

    return KIND_NAMES[kind]


def _say_listed(made: "Made", lang: Language) -> None:
    names = [name for name in made.files if name.endswith(".docx")]
    say(render(_WOULD(n=len(names), kind=_name(made.kind)), lang))
    for name in names[:_MOST_LISTED]:
        say(render(_ONE(name=name.removesuffix(".docx")), lang))
    if len(names) > _MOST_LISTED:
        say(render(_MORE(n=len(names) - _MOST_LISTED), lang))
    say(render(_PREVIEW, lang))
