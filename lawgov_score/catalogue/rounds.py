"""R20x and R21x: the data folder of a round, and moves from one state to another."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

ROUNDS: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.R201: Entry(
            Severity.ERROR,
            Words("这里没有考核轮次", "There is no round here"),
            Words(
                "一轮考核的数据文件夹，其中有 round.sqlite3",
                "the data folder of a round, with round.sqlite3",
            ),
            FOUND,
            Words(
                "核对文件夹名；还没有建立的，先运行 lawgov-score round new",
                "Check the name; where there is no round yet, begin with lawgov-score round new",
            ),
            Words("lawgov-score round status 考核2025", "lawgov-score round status round-2025"),
            Words(
                "lawgov-score round new 考核2026 --tree 体系 --roster 名册.xlsx",
                "lawgov-score round new round-2026 --tree TREE --roster roster.xlsx",
            ),
            on_desk=Words(
                "核对文件夹；还没有建立的，先建立一轮考核",
                "Check the folder; where there is no round yet, make one first",
            ),
        ),
        Code.R202: Entry(
            Severity.ERROR,
            Words(
                "数据文件夹由更新的版本写成，未作任何改动",
                "The data folder was written by a later version; nothing was touched",
            ),
            Words("不晚于 {expected} 的数据", "data no later than {expected}"),
            FOUND,
            Words(
                "用写成它的版本打开，或者把本机的程序升级后再用",
                "Open it with the version that wrote it, or upgrade the program on this machine",
            ),
            Words("甲机已升级，乙机还是旧版本，打开同一个文件夹", "one machine was upgraded and the other was not"),
            "pip install --upgrade lawgov-score[portal]",
        ),
        Code.R203: Entry(
            Severity.ERROR,
            Words("数据正被另一个程序写入，这次没有办成", "Another program is writing; nothing was done"),
            Words("能在等待时间内轮到", "a turn within the time of waiting"),
            NOTHING,
            Words(
                "稍候再试一次；总是这样的，看看是否有程序停在半途，或有人用数据库软件打开了 round.sqlite3",
                "Try again in a moment; if it stays so, look for a program that hangs, or a database tool that has "
                "round.sqlite3 open",
            ),
            Words("用数据库软件打开 round.sqlite3 并开始了编辑", "round.sqlite3 is being edited in a database tool"),
            Words("关闭那个软件，再运行一次", "close that tool, run once more"),
        ),
        Code.R204: Entry(
            Severity.ERROR,
            Words("文件夹不是空的，没有建立轮次", "The folder is not empty: no round was made"),
            Words("还没有的文件夹，或空文件夹", "no folder yet, or an empty one"),
            Words("其中有 {name} 等 {n} 个文件或文件夹", "{n} {n:file or folder|files or folders} there, {name} first"),
            Words(
                "换一个文件夹名：一个文件夹只存一轮考核，从不覆盖",
                "Name another folder: a folder holds one round, and nothing is replaced",
            ),
            Words(
                "lawgov-score round new 考核2026 …（已经建立过）", "lawgov-score round new round-2026 … a second time"
            ),
            Words("lawgov-score round new 考核2027 …", "lawgov-score round new round-2027 …"),
        ),
        Code.R205: Entry(
            Severity.ERROR,
            Words("存档文件与登记不符", "A kept file is not what was recorded"),
            Words("sha256 为 {sha256} 的原文件", "the file with sha256 {sha256}"),
            FOUND,
            Words(
                "从备份恢复这个文件：放回原处即可，文件名就是 sha256。不要改动 files 里的文件",
                "Put the file back from a backup: its name is its sha256. Leave the files in files/ alone",
            ),
            Words("删了 files/ab/ab12… 或用 Excel 打开后保存", "files/ab/ab12… was deleted, or saved in Excel"),
            Words("从备份复制 files/ab/ab12…", "copy files/ab/ab12… from the backup"),
        ),
        Code.R206: Entry(
            Severity.ERROR,
            Words("轮次的数据库读不出", "The database of the round cannot be read"),
            Words("完好的 round.sqlite3", "a sound round.sqlite3"),
            FOUND,
            Words(
                "从备份恢复：lawgov-score round restore 备份.zip 新文件夹；backups 里有升级以前的副本",
                "Restore a backup: lawgov-score round restore FILE.zip DATA; backups/ has copies from before upgrades",
            ),
            Words("复制到一半的 round.sqlite3", "a round.sqlite3 that was copied half"),
            Words(
                "lawgov-score round restore 备份.zip 考核2026-恢复",
                "lawgov-score round restore backup.zip round-2026-restored",
            ),
            on_desk=Words(
                "从备份恢复到新文件夹；数据文件夹的 backups 里有升级以前的副本",
                "Restore a backup into a new folder; backups/ has copies from before upgrades",
            ),
        ),
        Code.R207: Entry(
            Severity.ERROR,
            Words("办理轮次需要的程序库没有安装", "What rounds need is not installed"),
            Words("已安装 lawgov-score[portal]", "lawgov-score[portal]"),
            Words("缺少 {found}", "without {found}"),
            Words(
                "运行 pip install lawgov-score[portal]；不联网的，见 docs/install.md",
                "Run pip install lawgov-score[portal]; without network, see docs/install.md",
            ),
            "pip install lawgov-score",
            "pip install lawgov-score[portal]",
            on_desk=Words(
                "请维护这台机器的人安装所缺的程序库（做法见 docs/install.md）",
                "Ask whoever looks after this machine to install it (docs/install.md says how)",
            ),
        ),
        Code.R208: Entry(
            Severity.ERROR,
            Words("设定的数据库不能用", "The database of the setting cannot be used"),
            Words(
                "建立轮次时的 LAWGOV_DATABASE、以后数据文件夹中的文件 database 写有 "
                "postgresql://用户:口令@主机/库名，且数据库能连上",
                "postgresql://user:password@host/name, in LAWGOV_DATABASE when a round is made, later in the file "
                "database of its folder; and a database that answers",
            ),
            FOUND,
            Words(
                "核对地址、口令，另装 psycopg；新建轮次要用数据文件夹自带的 SQLite，就不设这一项",
                "Check address and password, and install psycopg; for a new round in the SQLite of its folder leave "
                "the setting out",
            ),
            "LAWGOV_DATABASE=10.0.0.5/lawgov",
            "LAWGOV_DATABASE=postgresql://lawgov:secret@10.0.0.5/lawgov",
        ),
        Code.R209: Entry(
            Severity.ERROR,
            Words("数据文件夹的密钥读不出", "The key of the data folder cannot be read"),
            Words("建立轮次时写下的文件 key", "the file key that was written when the round was made"),
            FOUND,
            Words(
                "从备份恢复文件 key：没有它不能出回执；已经出的回执仍能核验",
                "Restore the file key from a backup: no receipt can be signed without it; those signed still hold",
            ),
            Words("复制数据文件夹时漏了 key", "a data folder that was copied without key"),
            Words("从备份复制 key", "copy key from the backup"),
        ),
        Code.R210: Entry(
            Severity.ERROR,
            Words(
                "数据库中已有一轮考核，没有建立新的轮次", "The database has a round already: no other was made in it"
            ),
            Words("还没有轮次的数据库", "a database without a round"),
            Words("其中已有 {found}", "it has {found}"),
            Words(
                "一轮考核用一个数据库：另建一个空的，写进 LAWGOV_DATABASE；不设这一项，就用数据文件夹自带的 SQLite",
                "A database holds one round: make an empty one and name it in LAWGOV_DATABASE; for the SQLite of the "
                "folder leave the setting out",
            ),
            Words(
                "LAWGOV_DATABASE=postgresql://lawgov:secret@10.0.0.5/round2026 时建立 2027 年的轮次",
                "a round of 2027 with LAWGOV_DATABASE=postgresql://lawgov:secret@10.0.0.5/round2026",
            ),
            "LAWGOV_DATABASE=postgresql://lawgov:secret@10.0.0.5/round2027",
        ),
        Code.R211: Entry(
            Severity.ERROR,
            Words("不能从“{state}”到“{to}”", "There is no step from “{state}” to “{to}”"),
            Words("{expected:list}", "{expected:list}"),
            Words("{to}", "{to}"),
            Words(
                "按次序一步一步办理；退回上一步须写明理由，并经领导同意。已经公布的不退回，改正的办法是另作公布",
                "Go step by step; a step back needs a reason and the leader's release. After 公布 there is none: a "
                "correction is another publication",
            ),
            Words(
                "lawgov-score round move 考核2026 公布（现为“报送”）",
                "lawgov-score round move round-2026 published, where it is open",
            ),
            Words("lawgov-score round move 考核2026 截止", "lawgov-score round move round-2026 closed"),
        ),
        Code.R212: Entry(
            Severity.ERROR,
            Words("刚才已有人办理，这次没有改动", "Somebody else was first; nothing was changed this time"),
            Words("办理时状态与看到的一样", "the state that was seen"),
            Words("现为“{found}”", "it is “{found}” now"),
            Words("重新查看后再决定是否还要办理", "Look again, then decide whether anything is left to do"),
            Words("两个人同时按下“受理”", "two people accept the same submission at once"),
            Words("刷新后可见已受理", "after a reload it is seen as accepted"),
        ),
        Code.R213: Entry(
            Severity.ERROR,
            Words("您的席位不能办理这一步", "This seat may not take the step"),
            Words("{expected:list}", "{expected:list}"),
            Words("{found}", "{found}"),
            Words("请有权办理的席位来办", "Ask a seat that may"),
            Words("单位填报人点“受理”", "one who fills in for a unit accepts its submission"),
            Words("由考核办受理", "the office accepts it"),
        ),
        Code.R214: Entry(
            Severity.ERROR,
            Words("从“{state}”到“{to}”须写明理由", "A reason is needed from “{state}” to “{to}”"),
            Words("理由，一两句话", "a reason, a sentence or two"),
            NOTHING,
            Words("写上 --why", "Give one by --why"),
            Words("lawgov-score round move 考核2026 报送", "lawgov-score round move round-2026 open"),
            Words(
                "lawgov-score round move 考核2026 报送 --why 三个乡镇断网，延期两天",
                "lawgov-score round move round-2026 open --why 'three townships were offline'",
            ),
            on_desk=Words("写明理由", "Give a reason"),
        ),
        Code.R215: Entry(
            Severity.ERROR,
            Words("从“{state}”到“{to}”须经领导同意", "The leader has to release the step from “{state}” to “{to}”"),
            Words("领导对这一步的同意，且同意以后没有再变", "a release of this step, with nothing changed since"),
            NOTHING,
            Words(
                "请领导同意后再办；同意以后状态又变过的，须重新同意",
                "Ask the leader; a release from before a change has gone",
            ),
            Words(
                "lawgov-score round move 考核2026 截止 --why 有漏报（现为“初审”）",
                "lawgov-score round move round-2026 closed --why 'one was overlooked', from first review",
            ),
            Words(
                "lawgov-score round move 考核2026 截止 --why 有漏报 --released-by 王某",
                "lawgov-score round move round-2026 closed --why 'one was overlooked' --released-by Wang",
            ),
        ),
        Code.R217: Entry(
            Severity.ERROR,
            Words("这一次报送已不是现行的，没有改动", "This submission is not in force; nothing was changed"),
            Words("该单位现行的报送", "the submission of the unit that is in force"),
            FOUND,
            Words("重新查看，办理现行的那一次", "Look again, and take the one that is in force"),
            Words("单位刚又报来一份，仍去受理先前的那份", "accepting an earlier one when the unit just sent another"),
            Words("受理后报来的那份", "accept the later one"),
        ),
    }
)
