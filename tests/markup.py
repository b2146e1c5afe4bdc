"""What a page is made of, for tests: elements with their attributes, balanced or not, and texts."""

from html.parser import HTMLParser

_VOID = {"meta", "br", "col", "link"}


class Outline(HTMLParser):
    """The elements and texts of a page, in order; ``faults``: what is not closed, or said twice."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.faults += [f"<{name}> is never closed" for name in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.faults.append(f"<{tag}> says something twice: {names}")
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes another element")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        """The attributes of every element of these names."""
        return [said for name, said in self.elements if name in tags]
