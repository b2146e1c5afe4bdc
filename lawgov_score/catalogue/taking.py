"""D14x to D16x, D18x, D19x: a table that is taken into a tree: an exported one, or an office's own for a first one."""

from collections.abc import Mapping
from types import MappingProxyType

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import EXPECTED, FOUND, NOTHING, Entry, Severity
from lawgov_score.wording import Words

_AGAIN = "lawgov-score export TREE -o tree.xlsx"
_IMPORT = "lawgov-score import tree.xlsx TREE"

TAKING: Mapping[Code, Entry] = MappingProxyType(
    {
        Code.D140: Entry(
            Severity.ERROR,
            Words(
                "导出以后，表和体系都改了这里，改得不同",
                "Changed since the export in the table and in the tree, differently",
            ),
            Words(
                "体系现在是：{today}（导出时是：{written}）", "the tree says now: {today} (at the export: {written})"
            ),
            Words("表中是：{now}", "the table says: {now}"),
            Words(
                "定下一种：用体系的，把本格改成体系现在的内容；用表中的，在 YAML 里改成表中的内容；再运行一次",
                "Decide: for the tree's, write into the cell what the tree says now; for the table's, write it into "
                "the YAML; then run this again",
            ),
            Words(
                "甲的表把 01-1 改为 3 分，已经取回；乙的表改为 4 分",
                "one table makes 01-1 worth 3 and was taken back; another makes it worth 4",
            ),
            Words("乙的表中 01-1 也改成 3 分，或者 YAML 中改成 4 分", "3 in the other table too, or 4 in the YAML"),
        ),
        Code.D141: Entry(
            Severity.NOTE,
            Words(
                "导出以后，体系里 {code} 的“{part}”改过，表中没有改",
                "{code}, {part}: changed in the tree since the export, not in the table",
            ),
            Words("导出时是：{written}", "at the export: {written}"),
            Words("体系现在是：{found}", "the tree says now: {found}"),
            Words("不用改：保留体系现在的内容", "Nothing to do: what the tree says is kept"),
            Words("别人的表先取回来了", "another table was taken back first"),
            _AGAIN,
        ),
        Code.D142: Entry(
            Severity.ERROR,
            Words("编码变成了日期或数", "A code that has become a date or a number"),
            Words("文字；原来可能是 {codes:list}", "text; it may have been {codes:list}"),
            FOUND,
            Words(
                "把“编码”一栏设为文本格式，照原表重新填写；程序不猜是哪一项",
                "Make the column text and type the code again, as the exported table has it: it is never guessed",
            ),
            Words("01-1 变成 2026-01-01，1.10 变成 1.1", "01-1 became 2026-01-01, 1.10 became 1.1"),
            "'01-1",
        ),
        Code.D143: Entry(
            Severity.ERROR,
            Words("两处用了同一个编码 {code}", "Two rows, or two groups, with the code {code}"),
            Words(
                "一个编码一行；同一类别各格写得一样", "each code once; a group that stands in two cells says the same"
            ),
            NOTHING,
            Words(
                "复制出来的新增项，删去编码；多余的一行删去；写着“（续）”的类别，改它前面一页的那一格",
                "Remove the code of a row that was copied to become a new one; delete a row that is too many; of a "
                "group that is (continued), change the cell on the page before",
            ),
            Words("复制 01-1 一行，改成新的一项，编码没有删", "the row of 01-1 copied for a new item, with its code"),
            Words("新的一行编码空着", "the code of the new row left blank"),
        ),
        Code.D144: Entry(
            Severity.ERROR,
            Words("类别 {group} 的各行分在几处", "The rows of the group {group} do not stand together"),
            Words("同一类别的各行连在一起，同在一个上级之下", "the rows of a group together, below one parent"),
            NOTHING,
            Words(
                "按“序号”排序恢复原来的行序；要移动的行，连同上级一栏移到一起",
                "Sort by the column of numbers to restore the order; rows that are to move stand with their group",
            ),
            Words("按分值排序后送回", "the table, sorted by points"),
            Words("按序号排序", "sorted by number"),
        ),
        Code.D145: Entry(
            Severity.ERROR,
            Words("{code} 的评分标准、计入方式不能在表中改", "The standard of {code} cannot be changed in the table"),
            Words("导出时的内容：它由规则生成", "what was exported: it is made from the rule"),
            NOTHING,
            Words(
                "规则写在 {rule}，在那里修改；本格恢复为导出时的内容",
                "The rule is at {rule}: change it there, and put the cell back as it was exported",
            ),
            Words("把“每起扣 0.5 分”改成“每起扣 1 分”", "0.5 off for each, made 1"),
            "rule: {kind: deduction, each: 1}",
        ),
        Code.D146: Entry(
            Severity.ERROR,
            Words("本格的内容不能用", "This cell cannot be used"),
            EXPECTED,
            FOUND,
            Words("照要求改写本格", "Write it as expected"),
            Words("分值：四分", "points: four"),
            "4",
        ),
        Code.D147: Entry(
            Severity.ERROR,
            Words("看不出 {code} 现在属于哪一类", "It cannot be told which group {code} is in"),
            Words("行移到另一类的，上级一栏写明是哪一类", "the group, written into the cells of a row that was moved"),
            Words(
                "上级一栏空着；照上面一行看是 {group}", "those cells are blank; by the row above it would be {group}"
            ),
            Words(
                "把该类的一格（编码、名称、分值三行）复制到本行的上级一栏；只是排了序的，按“序号”排回原序",
                "Copy the cell of the group (code, title, points) into this row; or sort by number again",
            ),
            Words("取消合并单元格以后移动了行", "a row moved after the cells were unmerged"),
            Words("上级一栏：02\n队伍建设\n（20 分）", "Group: 02\nTraining\n(20 points)"),
        ),
        Code.D148: Entry(
            Severity.ERROR,
            Words("新增的一行（或一类）没有写全", "A new row, or a new group, that is not complete"),
            Words("{what}", "{what}"),
            NOTHING,
            Words(
                "补上；不是指标的行（备注、小计）移到表外。新的类别写名称和分值，如“数字政府”换行“（5 分）”",
                "Add it. A row that is no indicator goes below the table. A new group says its title and, on the next "
                "line, its points: (5 points)",
            ),
            Words("新增一行，没有写分值", "a row put in without points"),
            Words("名称、分值都写上", "with title and points"),
        ),
        Code.D149: Entry(
            Severity.WARNING,
            Words("没有“{part}”一栏，这一栏没有比较", "No column “{part}”: nothing of it was compared"),
            Words("导出时的各栏", "the columns as they were exported"),
            NOTHING,
            Words(
                "确是不改这一栏的，不用处理；改过的，把这一栏放回来，表头不改",
                "Nothing to do where it was not to change; else put the column back under its heading",
            ),
            Words("传阅前删去了“说明”一栏", "the column of notes was deleted"),
            _AGAIN,
        ),
        Code.D150: Entry(
            Severity.ERROR,
            Words("这张表是另一个指标体系的", "A table of another tree"),
            Words("体系 {expected} 的表", "a table of {expected}"),
            Words("体系 {found} 的表", "a table of {found}"),
            Words("核对两个路径", "Check both paths"),
            "lawgov-score import wuhua.xlsx qujialing",
            "lawgov-score import qujialing.xlsx qujialing",
        ),
        Code.D151: Entry(
            Severity.ERROR,
            Words("{code} 的这一处写在共用的块里", "{code}: this is written in a block that others use too"),
            Words("只改写在这一项自己名下的内容", "a change of what the node says itself"),
            Words("来自 {block}", "it comes from {block}"),
            Words(
                "在 {block} 的块里改（套用它的各项都变）；只改这一项的，在套用处另写这一键",
                "Change the block at {block}, for all that use it; or write the key where it is used, for this one",
            ),
            Words("重复套用的块里一项的分值", "the points of an item within a block"),
            "blocks: {window: {points: 5, …}}",
        ),
        Code.D152: Entry(
            Severity.ERROR,
            Words("YAML 的这一处不能由程序安全地改写", "This place of the YAML cannot be changed safely"),
            Words(
                "一项一行的写法，普通的文字、数和列表", "nodes on lines of their own, plain texts, numbers and lists"
            ),
            FOUND,
            Words("在 YAML 里直接改这一处，再运行一次", "Change this place in the YAML by hand, then run this again"),
            'children: [{code: "01-1", …}, {code: "01-2", …}]',
            'children:\n  - {code: "01-1", …}\n  - {code: "01-2", …}',
        ),
        Code.D153: Entry(
            Severity.ERROR,
            Words("照表改后，体系有错误：{fault}", "With these changes the tree has an error: {fault}"),
            Words("改后没有错误的体系", "a tree without errors"),
            Words("{code} {found:list}", "{code} {found:list}"),
            Words(
                "改正表中的这一项；要这样改的，先在 {where} 改：{cure}。什么都没有写入",
                "Mend this item in the table; where it is meant, first change {where}: {cure}. Nothing was written",
            ),
            Words("计分规则不允许的分值", "points that the rule does not allow"),
            _IMPORT,
        ),
        Code.D154: Entry(
            Severity.ERROR,
            Words("照表改后，{node} 的分值对不上", "With these changes the points of {node} do not add up"),
            Words("下级之和等于本级的 {points}", "what is below sums to its own {points}"),
            Words("下级之和：{found}", "it sums to {found}"),
            Words(
                "改正分值：要么改这一级，要么改它的下级；什么都没有写入",
                "Change the points, of this or of what is below. Nothing was written",
            ),
            Words("01-1 由 2 分改为 3 分，上级仍是 4.5 分", "01-1 made 3 instead of 2, its group still 4.5"),
            Words("上级改为 5.5 分，或别的下级减 1 分", "5.5 for the group, or 1 less elsewhere below it"),
        ),
        Code.D155: Entry(
            Severity.ERROR,
            Words(
                "改后的体系与表中要求的不完全一致，没有写入",
                "The new tree is not the old one plus exactly these changes",
            ),
            Words("只有表中要求的变化", "the changes that the table asks for, and no other"),
            Words("不一致的变化：{changes:list}", "not as asked for: {changes:list}"),
            Words(
                "多半是移动后随上级变了适用范围、单位等：这几处在 YAML 里改，表中恢复原样，再运行一次",
                "Often a node that moves takes over what its new group hands down: make these changes in the YAML, put "
                "them back in the table, and run this again",
            ),
            Words("把一项移到只适用于部门的类别之下", "an item moved below a group that is for bureaus only"),
            _IMPORT,
        ),
        Code.D156: Entry(
            Severity.ERROR,
            Words("几行的内容合并成了一格", "Cells of several rows, merged into one"),
            Words("除上级各栏外，每行每栏各有一格", "a cell of its own in each row, but for the columns of groups"),
            NOTHING,
            Words("取消合并，每行各写各的内容", "Unmerge it, and write into each row what it says"),
            Words("三项的牵头单位合并为一格", "the leading unit of three items in one merged cell"),
            Words("三行各写牵头单位", "the unit in each of the three rows"),
        ),
        Code.D157: Entry(
            Severity.ERROR,
            Words("没有“{part}”一栏，看不出各行是什么", "No column “{part}”: it cannot be told what the rows are"),
            Words("导出时的各级指标栏，表头不改", "the columns of levels under their headings, as exported"),
            NOTHING,
            Words("把这一栏和表头放回来", "Put the column and its heading back"),
            Words("删去了“类”一栏", "a column of groups was deleted"),
            _AGAIN,
        ),
        Code.D158: Entry(
            Severity.ERROR,
            Words("表和体系用的权重方案不同", "Table and tree have different weight sets"),
            Words("权重方案 {expected}（表）", "the weight set {expected} (of the table)"),
            Words("权重方案 {found}", "the weight set {found}"),
            Words("用 --weights 写明导出时用的权重方案", "Name the one it was exported with by --weights"),
            _IMPORT,
            "lawgov-score import tree.xlsx TREE --weights weights-2026.yaml",
        ),
        Code.D159: Entry(
            Severity.ERROR,
            Words("{code} 的分值写在权重方案里", "The points of {code} stand in the weight set"),
            Words("只改名称、单位、佐证材料、说明和行序", "changes of titles, units, evidence, notes and order"),
            Words("表中的分值改了", "other points in the table"),
            Words("分值在权重方案里改：{at}", "Change it in the weight set: {at}"),
            _IMPORT,
            'points: {"01-1": 3}',
        ),
        Code.D160: Entry(
            Severity.WARNING,
            Words("新增的 {code} 还没有计分规则", "The new item {code} has no rule yet"),
            Words("依据、适用单位、填报项和计分规则", "basis, units, fields and rule"),
            Words("四处都是“# …: 待写”的注释", "comments “# …: 待写” in their place"),
            Words(
                "在 YAML 里把“待写”的各行写好。写好以前 lint 报 T105，体系不能用来计分；其他人的表仍可取回",
                "Write the lines that say 待写. Until then lint reports T105 and nothing can be scored by the tree; "
                "other tables can be taken back all the same",
            ),
            Words("# rule: 待写（请写计分规则）", "# rule: 待写（请写计分规则）"),
            "rule: {kind: deduction, each: 0.5}",
        ),
        Code.D161: Entry(
            Severity.ERROR,
            Words("程序自带的指标体系不能改", "A tree that the program carries cannot be changed"),
            Words("自己的一份：文件夹或 YAML 文件", "one of your own: a folder or a YAML file"),
            Words("自带的 {found}", "the carried {found}"),
            Words(
                "先用 lawgov-score start 文件夹 --tree 编码 复制出自己的一份，再在自己的一份上取回",
                "Copy it first by lawgov-score start DIR --tree CODE, and take the table back into that",
            ),
            "lawgov-score import tree.xlsx qujialing-2017 --write",
            "lawgov-score import tree.xlsx ./my-tree --write",
        ),
        Code.D162: Entry(
            Severity.ERROR,
            Words("指标体系有错误，没有取回", "A tree with errors: nothing was taken back"),
            Words("没有错误的指标体系", "a tree without errors"),
            Words("这个体系有 {n} 个错误，一并列出", "{n} errors in it, listed with this"),
            Words("先用 lawgov-score lint 改到没有错误", "Mend it until lawgov-score lint is clean"),
            "lawgov-score import tree.xlsx TREE",
            "lawgov-score lint TREE",
        ),
        Code.D163: Entry(
            Severity.ERROR,
            Words("没有找到指标体系的表", "No table of a scheme was found"),
            Words(
                "前 15 行内有表头：至少有指标（或项目、内容）一栏和分值一栏",
                "headings within the first 15 rows: columns of indicators (指标, 项目) and of points (分值)",
            ),
            NOTHING,
            Words("给表加上表头；一张表一个工作表", "Give the table its headings; one table a sheet"),
            Words("没有表头的表", "a table without headings"),
            Words("一级指标｜二级指标｜分值｜评分标准", "一级指标｜二级指标｜分值｜评分标准 (headings)"),
        ),
        Code.D164: Entry(
            Severity.NOTE,
            Words("“{heading}”一栏没有读", "The column “{heading}” was not read"),
            Words(
                "指标、分值、评分标准、牵头单位、责任单位、佐证材料、说明",
                "levels, points, standard, units, evidence, notes",
            ),
            NOTHING,
            Words("要读的，改用上面的名称；否则不用处理", "Give it one of these names if it is one of them"),
            Words("考核周期", "考核周期 (period)"),
            Words("说明", "说明 (notes)"),
        ),
        Code.D165: Entry(
            Severity.WARNING,
            Words("这一行没有读", "This row was not read"),
            Words("一行一项指标", "a row for each indicator"),
            FOUND,
            Words(
                "是指标的，补上指标名称；合计、备注不用处理",
                "Add the name if it is an indicator; sums and remarks may stay",
            ),
            Words("合计 100 分", "a total"),
            Words("（不用处理）", "(nothing to do)"),
        ),
        Code.D166: Entry(
            Severity.WARNING,
            Words("“{title}”的分值读不出来", "The points of “{title}” cannot be read"),
            Words("一个数，如 5 或 5 分", "a number, such as 5"),
            FOUND,
            Words("在 tree.yaml 里“points: 待写”处写上", "Write them at “points: 待写” in tree.yaml"),
            Words("扣 1—5 分", "1 to 5 off"),
            "points: 5",
        ),
        Code.D167: Entry(
            Severity.WARNING,
            Words("{code} {title}：没有读懂评分标准，规则待写", "{code} {title}: no rule was made of its standard"),
            Words("与程序印出的评分标准句式完全一致", "one of the sentences that the program itself prints"),
            FOUND,
            Words(
                "原文已写在注释里；照 docs/rules.md 写好填报项（fields）和计分规则（rule），写好以前不能计分",
                "The sentence stands as a comment: write fields and rule by docs/rules.md. Until then lint reports "
                "T105 and nothing can be scored",
            ),
            Words("酌情扣分", "points off as seems fit"),
            "rule: {kind: deduction, each: 0.5}",
        ),
        Code.D168: Entry(
            Severity.WARNING,
            Words("表中的“{label}”与各行之和不一致", "“{label}” of the table is not the sum of its rows"),
            Words("表中写的是：{said:points}", "the table says: {said:points}"),
            Words("读到的各行之和：{found:points}{left}", "the rows come to {found:points}{left}"),
            Words(
                "核对是分值写错，还是有的行不该计入；草稿照表写，改好以前 lint 也报",
                "Check whether points are wrong, or a row does not count; the draft says what the table says, and lint "
                "reports it until it is mended",
            ),
            Words("合计 100，各行之和 103", "a total of 100 over rows that come to 103"),
            Words("合计 103，或者有一项少 3 分", "103, or 3 less in one of the rows"),
        ),
        Code.D169: Entry(
            Severity.WARNING,
            Words("这一行没有写成指标", "This row was not taken for an item"),
            Words("合计以上、计入总分的指标", "items above the total, which add up to it"),
            FOUND,
            Words(
                "写在 tree.yaml 末尾的注释里。加分、扣分写成 adjustments；其实是指标的，补进 nodes",
                "It stands as a comment at the end of tree.yaml. Write bonuses and penalties under adjustments; an "
                "item after all goes under nodes",
            ),
            Words("合计以下写着：加分项｜受国家级表彰｜3", "below the total: a bonus of 3 for an award"),
            Words(
                "adjustments: [{code: A1, title: 受国家级表彰, sign: bonus, each: 3}]",
                "adjustments: [{code: A1, title: National award, sign: bonus, each: 3}]",
            ),
        ),
        Code.D180: Entry(
            Severity.ERROR,
            Words("这里的改动不能取回", "A change here is not taken back"),
            Words("导出时的内容：{written}", "what was exported: {written}"),
            FOUND,
            Words(
                "要改的，在 {where} 的 {keys} 里改；本格恢复为导出时的内容",
                "To change it, change {keys} in {where}, and put the cell back as it was exported",
            ),
            Words("在“其他规定”里把优秀的等次线由 90 分改为 92 分", "the line of a grade made 92 on “Other rules”"),
            Words("grades: [{name: 优秀, at_least: 92}, …]", "grades: [{name: Excellent, at_least: 92}, …]"),
        ),
        Code.D181: Entry(
            Severity.ERROR,
            Words("编码重新编过，与导出时不同：{pairs:list}", "Codes were renumbered since the export: {pairs:list}"),
            Words(
                "各行保留导出时的编码；删去一行，后面的编码不往前挪",
                "each row with the code that it was exported with; where one goes, those after it keep theirs",
            ),
            Words("这些行的名称和评分标准，导出时在别的编码下", "titles and standards that stood at other codes"),
            Words(
                "把编码填回导出时的；确要改编码的，取回以后在 YAML 里改（diff 列为疑似改号）",
                "Put the codes back; to change them after all, change them in the YAML once this is taken back",
            ),
            Words("删去 05-3，把 05-4、05-5 改成 05-3、05-4", "05-3 deleted, and 05-4 made 05-3"),
            Words("05-4、05-5 不改", "05-4 as it was"),
        ),
        Code.D182: Entry(
            Severity.WARNING,
            Words("照表改后，lint 会提示：{fault}", "With these changes lint warns: {fault}"),
            Words("{expected}", "{expected}"),
            Words("{found}", "{found}"),
            Words(
                "确认无妨的，可以写入；不合适的，改表中的这一项，或者在 {where} 改：{cure}",
                "It can be written where that is meant; else change the item in the table, or at {where}: {cure}",
            ),
            Words("38-1 由 0.5 分改为 0.8 分，规则最多只能给 0.5 分", "an item made 0.8, whose rule gives 0.5 at most"),
            Words("规则里的分值也改为 0.8", "0.8 in the rule too"),
        ),
        Code.D183: Entry(
            Severity.ERROR,
            Words("这里已经有一个指标体系，内容不同，没有覆盖", "Another tree is there already; it was not replaced"),
            Words("新的或空的文件夹", "a folder that is new or empty"),
            NOTHING,
            Words(
                "用 --into 写明另一个文件夹，再对照两份 tree.yaml；原来的什么都没有动",
                "Name another folder by --into, then compare the two tree.yaml; what is there was not touched",
            ),
            Words("改过的初稿所在的文件夹，又用作 --into", "the folder of a draft that was worked on, as --into again"),
            "lawgov-score import table.xlsx --into DIR-2",
        ),
        Code.D190: Entry(
            Severity.ERROR,
            Words("“{title}”的编码变了，取回会丢掉它的规则", "“{title}” has another code: its rule would be lost"),
            Words("导出时的编码 {code}", "the code {code}, as it was exported"),
            FOUND,
            Words(
                "把编码改回 {code}。确要改编码的，在 YAML 里改（规则、填报项都留在原处），再导出、传阅；"
                "确是另外一项的，名称和评分标准都另写",
                "Put {code} back. To give it another code change that in the YAML, where rule and fields stay, and "
                "export again; an item that is another one has a title and a standard of its own",
            ),
            Words("01-2 的编码改写成了 01-9", "01-2 retyped as 01-9"),
            "01-2",
        ),
        Code.D191: Entry(
            Severity.WARNING,
            Words("“{label}”一行写的内容没有取回", "What the row “{label}” says was not taken back"),
            Words("只有各项分值之和", "the sum of the points, and nothing else"),
            FOUND,
            Words(
                "是意见的，写到有关各行；要改总分的，改各项的分值。确实不用取回的，不用处理",
                "Write remarks into the rows that they are about, and other points into the items; else nothing to do",
            ),
            Words("合计一行的说明里写“总分不变”", "“as before” among the notes of the sum"),
            Words("写在有关各行的说明里", "written into the notes of the items"),
        ),
        Code.D192: Entry(
            Severity.WARNING,
            Words("表中的编码都没有用，另编了：有的{why}", "The table's own codes are not used; some are {why}"),
            Words("每项一个编码，是文字，各不相同", "a code of its own for every item, as text"),
            Words("{cells:list}", "{cells:list}"),
            Words(
                "改正编码（整栏设为文本格式），另取一个文件夹再运行一次；不用表中编码的，不用处理",
                "Mend the codes (make the column text) and run this again into another folder; or leave it so",
            ),
            Words("01-1 变成 2026-01-01；两行都是 01-1", "01-1 became 2026-01-01; 01-1 in two rows"),
            "'01-1",
        ),
        Code.D193: Entry(
            Severity.ERROR,
            Words("上一次取回中断，体系只写了一半", "An import was interrupted: the tree is half written"),
            Words("写完的各个文件", "files that are written whole"),
            Words("没有写完的内容在 {folder}", "what was being written is in {folder}"),
            Words(
                "再运行一次 import … --write，先补完上一次的；另一个 import 正在写入的，稍后再试",
                "Run import … --write again: it completes this first. If another import is writing just now, "
                "wait for it",
            ),
            Words("写到第二个文件时断电", "the power went between two files"),
            _IMPORT + " --write",
        ),
        Code.D194: Entry(
            Severity.WARNING,
            Words("上一次取回中断，已经补完", "An import that was interrupted has been completed"),
            Words("各个文件一起写入", "all files written together"),
            Words("补写了 {files:list}", "now written: {files:list}"),
            Words("核对一下；这次的表接着取回", "Have a look; the table of this run was taken back after it"),
            Words("写到第二个文件时断电", "the power went between two files"),
            _IMPORT + " --write",
        ),
        Code.D195: Entry(
            Severity.ERROR,
            Words("上一次取回中断，不能由程序补完", "An interrupted import cannot be completed"),
            Words("文件是那次取回以前或以后的样子", "files as they were before that import, or after it"),
            Words("中断以后改过，或者已损坏：{name}", "changed since, or damaged: {name}"),
            Words(
                "{folder} 里是那次取回以后的各个文件：对照着把体系改好，再删去这个文件夹",
                "{folder} holds the files as that import was to write them: put the tree right by them, then delete it",
            ),
            Words("中断以后手工改了 a.yaml", "a.yaml changed by hand after the interruption"),
            _IMPORT + " --write",
        ),
    }
)
