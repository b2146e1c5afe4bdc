"""What is said of a round that was verified, exported or backed up, on a screen as on a page."""

from lawgov_score.wording import Words

HOLDS = Words(
    "核验一致：{events} 件办理记录、{files} 个文件、{receipts} 份回执、{publications} 次公布。",
    "Verified: {events} events, {files} files, {receipts} receipts, {publications} publications.",
)
HEAD = Words(
    "办理记录至第 {seq} 件，指纹 {hash}。与别处留存的（回执、公布说明、备份）对照，可知末尾有没有被截去。",
    "The record ends with event {seq}, hash {hash}. Compared with one kept elsewhere (a receipt, a publication, a "
    "backup) it shows whether the end was cut off.",
)
EXPORTED = Words(
    "已导出到 {path}：{n} 个文件，办理记录至第 {seq} 件", "Exported to {path}: {n} files, events up to number {seq}"
)
WHAT_IS_IN_IT = Words(
    "其中：received、office 是现行的报送和考核办的工作簿，earlier 是不再计入的报送；published 下是历次公布的结果：其中 "
    "html/public 可以对外公布，cards 里的评分卡只发给各单位自己，其余供考核机关内部使用。\n"
    "files、*.jsonl、manifest.json、seal.txt 供核验和导入，一个字节都不能改；各单位的报送和打分都在里面，整个文件夹"
    "不外传。",
    "In it: received and office hold what counts, earlier what no longer does; published holds the results of each "
    "publication: html/public is for everybody, a card in cards for its own unit, the rest for the office.\n"
    "files, *.jsonl, manifest.json and seal.txt are for verify and import, and not a byte may change; all that units "
    "sent and all marks are there: the folder goes to nobody outside.",
)
BACKED_UP = Words(
    "已备份 {round} 到 {name}：{files} 个文件，{size} 字节；办理记录至第 {seq} 件，指纹 {head}",
    "{round} is backed up to {name}: {files} files, {size} bytes; the record ends with event {seq}, hash {head}",
)
SECRET = Words(
    "其中有签发回执的密钥：请与数据文件夹一样保管，不要发给他人。",
    "It holds the key that signs receipts: keep it as you keep the data folder, and give it to nobody.",
)
