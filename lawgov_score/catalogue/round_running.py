"""R24x: computing the results of a round."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, Entry, Severity
from lawgov_score.wording import Words

ROUND_RUNNING: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.R240: Entry(
            Severity.ERROR,
            Words("计算没有完成，什么也没有改动", "The computation did not come to an end; nothing was changed"),
            Words("计算进程正常结束", "a process that ends by itself"),
            FOUND,
            Words(
                "多半是内存不足，或者进程被系统结束：关掉别的程序再运行一次；仍不行的，round export 导出后用 score "
                "计算，看停在哪一步",
                "Most often memory ran out, or the system ended the process: close other programs and try again; if it "
                "stays so, export the round and run score on it to see where it stops",
            ),
            Words("内存只有 1 GB 的机器上计算三千个单位", "three thousand units on a machine with 1 GB of memory"),
            Words("换一台内存大些的机器，或者关掉别的程序", "a machine with more memory, or fewer programs open"),
        ),
    }
)
