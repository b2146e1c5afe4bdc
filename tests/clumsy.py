"""A reader of files to which something happens, for workers in tests."""

from dataclasses import dataclass

from tasks import act

from lawgov_score.workbook.submission.reader import InputFile, Reader


@dataclass(frozen=True)
class Clumsy:
    """A reader that does something else with files of certain names."""

    reader: Reader
    acts: dict[str, str]  # name of file -> what ``act`` is to do

    def __call__(self, file: InputFile) -> bytes:
        """What came in the file, unless something happens first."""
        if file.path.name in self.acts:
            act(self.acts[file.path.name])
        return self.reader(file)
