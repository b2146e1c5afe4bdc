"""``round``: the commands of a round, from notice to archive, a module each (``round_<name>.py``)."""

import click

from lawgov_score.cli.commands import (
    round_accept,
    round_amend,
    round_backup,
    round_decide,
    round_document,
    round_enter,
    round_export,
    round_holiday,
    round_import,
    round_leave,
    round_move,
    round_new,
    round_object,
    round_publish,
    round_receipt,
    round_receive,
    round_restore,
    round_return,
    round_run,
    round_status,
    round_template,
    round_verify,
)
from lawgov_score.cli.options import Maker
from lawgov_score.report import render
from lawgov_score.wording import Words

_ABOUT = Words(
    "办理一轮考核：建立轮次、收件出回执、查看进度……一轮一个数据文件夹，办过的事都留有记录。",
    "A round from notice to archive: made, received with receipts, followed. One data folder a round, and all that "
    "was done is on record.",
)

_ALL = (
    round_new,
    round_template,
    round_amend,
    round_receive,
    round_accept,
    round_return,
    round_enter,
    round_status,
    round_move,
    round_leave,
    round_holiday,
    round_run,
    round_publish,
    round_object,
    round_decide,
    round_document,
    round_export,
    round_import,
    round_backup,
    round_restore,
    round_verify,
    round_receipt,
)


def command(make: Maker) -> click.Command:
    """The group, worded in the language of ``make``."""
    group = make.group("round", help=render(_ABOUT, make.lang), params=[make.language()])
    for module in _ALL:
        group.add_command(module.command(make))
    return group
