"""S15x, S16x: faults while a file is read: crashes, limits, the cache; optional parts that are not installed."""

from lawgov_score.catalogue.code import Code
from lawgov_score.catalogue.entry import FOUND, Entry, Severity
from lawgov_score.wording import Words

_READABLE = Words("能正常读完的工作簿", "a workbook that can be read to its end")
_FRESH_COPY = Words(
    "把填报内容复制到新下载的填报表中（只粘贴数值），另存后重新报送；其他单位不受影响",
    "Copy the answers into a fresh copy of the workbook (paste values only) and return that; no other unit is affected",
)

SUBMISSION_READING: dict[Code, Entry] = {
    Code.S150: Entry(
        Severity.ERROR,
        Words("读取时进程异常退出，该文件未读", "The process that read the file crashed; the file was not read"),
        _READABLE,
        Words("读取两次，进程都异常退出（{found}）", "read twice, and the process ended each time ({found})"),
        _FRESH_COPY,
        Words(
            "工作簿内部有读取程序处理不了的内容", "the workbook holds something that the reading library cannot bear"
        ),
        Words("用新的填报表重新填写", "Fill in a fresh copy of the workbook"),
    ),
    Code.S151: Entry(
        Severity.ERROR,
        Words("读取时超过内存上限，该文件未读", "Reading took more memory than allowed; the file was not read"),
        _READABLE,
        Words("占用内存超过上限（填报表为 1 GB）", "more memory than is allowed (1 GB for a submission)"),
        Words(
            "填报表：把填报内容复制到新下载的填报表中（只粘贴数值）后重报；上万个单位的数据表：另存为 .csv 或拆成几份",
            "A submission: copy the answers into a fresh copy (paste values only). A table of ten thousand units: save "
            "it as .csv, or split it",
        ),
        Words("工作簿里粘贴了整套统计台账", "the workbook holds a whole statistical register that was pasted in"),
        Words("只报填报表本身，台账另作佐证", "Return the submission alone; send the register as evidence"),
    ),
    Code.S152: Entry(
        Severity.ERROR,
        Words("读取超过时间上限，该文件未读", "Reading took longer than allowed; the file was not read"),
        _READABLE,
        Words("到时间上限还没有读完（填报表为 60 秒）", "not read in the time allowed (60 seconds for a submission)"),
        Words(
            "先看文件是否放在很慢的网络盘上，可复制到本机再试；仍不行的，请单位用新的填报表重新填写",
            "See whether the file lies on a slow network drive; if that is not it, ask for a fresh copy",
        ),
        Words("工作簿内部结构异常，读取程序停不下来", "the workbook's inside makes the reading library run on and on"),
        Words("用新的填报表重新填写", "Fill in a fresh copy of the workbook"),
    ),
    Code.S153: Entry(
        Severity.ERROR,
        Words("读取时本程序出错，该文件未读", "A bug of ours while the file was read; the file was not read"),
        _READABLE,
        FOUND,
        Words(
            "这不是填报单位的错：请把该文件和这段提示报给维护人员；其他单位不受影响",
            "This is no fault of the unit's: please report the file and this message; no other unit is affected",
        ),
        "ValueError: …",
        Words("升级到修正后的版本，重新运行", "Run again with the version that mends it"),
    ),
    Code.S154: Entry(
        Severity.ERROR,
        Words("集群工作机上的程序版本不同，未开始读取", "Workers of the cluster run another version; nothing was read"),
        Words("与本机完全相同的程序", "the very same program as here"),
        Words("{found:list}", "{found:list}"),
        Words(
            "在所列工作机上安装与本机相同的版本后重试：版本不同，得分可能不同",
            "Install the same version on those workers and try again: another version may come to other scores",
        ),
        Words("本机升级后，集群没有跟着升级", "this machine was upgraded and the cluster was not"),
        Words("在各工作机上同样升级", "Upgrade the workers too"),
    ),
    Code.S155: Entry(
        Severity.ERROR,
        Words(
            "集群工作机看不到要读的文件，未开始读取", "A worker of the cluster does not see the files; nothing was read"
        ),
        Words(
            "各工作机上同一路径的同一文件（共享存储）",
            "the same file under the same path on every worker (shared storage)",
        ),
        Words("工作机 {found} 上没有该文件，或大小不同", "not there on worker {found}, or of another size"),
        Words(
            "把填报表放在各工作机都能读的共享文件夹，用同一路径挂载；或不用 --dask，在本机读取",
            "Put the submissions on storage that all workers mount under the same path, or read here, without --dask",
        ),
        "lawgov-score score … /home/me/round --dask tcp://10.0.0.1:8786",
        "lawgov-score score … /mnt/shared/round --dask tcp://10.0.0.1:8786",
        on_desk=Words(
            "把填报表放在各工作机都能读的共享文件夹，用同一路径挂载；或者在本机读取",
            "Put the submissions on storage that all workers mount under the same path, or read them on this machine",
        ),
    ),
    Code.S158: Entry(
        Severity.ERROR,
        Words("连不上集群，或集群中途停止", "The cluster cannot be reached, or gave up"),
        Words("正在运行的 Dask 调度器和工作机", "a running Dask scheduler with workers"),
        FOUND,
        Words(
            "核对地址和网络，确认至少有一台工作机；加 --cache 重新运行的，已读完的不再读",
            "Check address, network and that there are workers; with --cache, nothing that was read is read again",
        ),
        "lawgov-score score … --dask tcp://10.0.0.1:8787",
        "lawgov-score score … --dask tcp://10.0.0.1:8786",
        on_desk=Words(
            "核对地址和网络，确认至少有一台工作机，再试一次",
            "Check address, network and that there are workers, then try again",
        ),
    ),
    Code.S156: Entry(
        Severity.NOTE,
        Words("缓存中有一条已损坏，未采用", "An entry of the cache is damaged; it was not used"),
        Words("本程序写入的缓存", "what this program wrote"),
        FOUND,
        Words(
            "不必处理：对应的文件已重新读取，结果不受影响；反复出现的，检查磁盘，或删去整个缓存文件夹",
            "Nothing to do: the file was read anew, no result is affected. If it recurs, check the disk",
        ),
        Words("缓存文件夹所在的磁盘出错", "a faulty disk under the cache"),
        Words("删去缓存文件夹，重新运行", "Delete the folder of the cache and run again"),
    ),
    Code.S157: Entry(
        Severity.NOTE,
        Words("缓存文件夹不能写入，本次未作缓存", "The cache cannot be written; nothing more was kept there"),
        Words("可以写入的文件夹", "a folder that can be written"),
        FOUND,
        Words(
            "换一个文件夹，或腾出空间；结果不受影响", "Name another folder, or free some space; no result is affected"
        ),
        Words("lawgov-score score … --cache /只读/缓存", "lawgov-score score … --cache /read-only/cache"),
        "lawgov-score score … --cache out/cache",
    ),
    Code.S160: Entry(
        Severity.ERROR,
        Words("没有安装 {what} 所需的组件", "What {what} needs is not installed"),
        Words("已安装 lawgov-score[{extra}]", "lawgov-score[{extra}], installed"),
        Words("未安装", "not installed"),
        Words(
            "运行 pip install 'lawgov-score[{extra}]' 后重试；不用 {what} 的，去掉或改写该选项",
            "Run pip install 'lawgov-score[{extra}]' and try again, or do without {what}",
        ),
        "lawgov-score score … --parquet scores.parquet",
        "pip install 'lawgov-score[parquet]'",
        on_desk=Words(
            "请维护这台机器的人安装所缺的程序库；不用 {what} 的，不选它",
            "Ask whoever looks after this machine to install it, or do without {what}",
        ),
    ),
}
