"""Where a browser can hand files in to the desk, and archives made to be handed in."""

import io
import zipfile

AT = {  # page, address, field
    "submissions": ("/submissions/", "/submissions/receive/", "files"),
    "books": ("/review/", "/review/enter/", "files"),
    "tried": ("/trial/", "/trial/effect/", "files"),
    "roster": ("/amend/", "/amend/look/", "roster"),
    "tree": ("/amend/", "/amend/look/", "tree"),
    "notice": ("/amend/", "/amend/look/", "notice"),
    "template": ("/documents/", "/documents/notice/template/use/", "template"),
}


def an_archive(*parts: tuple[str, bytes]) -> bytes:
    """A zip of these parts, packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return made.getvalue()
