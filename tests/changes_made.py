"""What must hold of the changes between any two trees: the same either way, and any of them can be made."""

from collections.abc import Iterable

from lawgov_score.model import Tree
from lawgov_score.revision import Change, Id, Revision, changes_between

Said = set[tuple[str, str, str]]  # id, code, where it stands
_OTHER_WAY = {
    Id.ADDED: Id.REMOVED,
    Id.REMOVED: Id.ADDED,
    Id.FIELD_ADDED: Id.FIELD_REMOVED,
    Id.FIELD_REMOVED: Id.FIELD_ADDED,
}


def said(changes: Iterable[Change]) -> Said:
    """What is asked of changes."""
    return {(one.id.value, one.code, one.key) for one in changes}


def check_mirrored(old: Tree, new: Tree) -> None:
    """From new to old the same is said as from old to new, with both sides changed over."""
    there, back = changes_between(old, new), changes_between(new, old)

    def at(code: str) -> str:
        return "" if code in {old.code, new.code} else code  # the head of the tree

    assert {
        (_OTHER_WAY.get(one.id, one.id), at(one.former or one.code), one.key, one.affects, one.old_place, one.new_place)
        for one in there
    } == {(one.id, at(one.code), one.key, one.affects, one.new_place, one.old_place) for one in back}
    assert len(there) == len(back)
    assert {(one.key, repr(one.old), repr(one.new)) for one in there} == {
        (one.key, repr(one.new), repr(one.old)) for one in back
    }


def check_made(old: Tree, new: Tree) -> None:
    """All, none, and each component of the changes can be made: exactly that is then changed."""

    def told(changes: Iterable[Change]) -> Said:
        codes = {old.code, new.code}
        found = {(id_, "" if code in codes else code, key) for id_, code, key in said(changes)}
        return found - {("title", "", "levels")}  # a tree half way may need the names of the other tree's levels

    revision = Revision(old, new)
    names = [one.name for one in revision.changes]
    assert len(set(names)) == len(names)  # a name is of one change
    assert told(changes_between(old, revision.tree_with(()))) == set()
    assert told(changes_between(revision.tree_with(revision.changes), new)) == set()
    assert sorted(one.name for each in revision.components for one in each) == sorted(names)
    for component in revision.components:
        made = revision.tree_with(component[:1])
        assert told(changes_between(old, made)) == told(component), component
