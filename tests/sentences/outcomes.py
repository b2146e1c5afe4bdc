"""The end of a reason: what is taken off, what is left, what is given; every figure must be that of the standard."""

import re

from sentences.figures import Span, WrongError, as_span, plain, read, worked_out
from sentences.patterns import is_all, must_be

FLOOR = "<<扣完为止|最低 {floor#} 分|最多倒扣 {below#} 分>>"
# What is given, with the most there is; of what is taken off (扣分项) the same with other words.
GIVES = "<<得 {score#} 分|不得分|扣 {score2#} 分|不扣分>>"
SUM = "<<得|扣>> {sum} = {score#} 分[[，<<四舍五入|舍入>>为 {rounded#} 分]]"
GIVES_OF = GIVES + "（<<满分|最多扣>> {full#} 分）[[，<<四舍五入|舍入>>为 {kept#} 分]]"


def floor_of(found: "re.Match[str]") -> float:
    """Where a deduction stops."""
    said = found.groupdict()
    return -plain(said["below"]) if said.get("below") else plain(said.get("floor") or "0")


def given(found: "re.Match[str]") -> float:
    """The points that ``GIVES`` prints."""
    said = found.groupdict()
    return plain(said.get("score") or said.get("score2") or "0")


def left(text: str, points: float, due: Span, floor: float) -> Span:
    """What is left of ``points`` when ``due`` is taken off, and is said so: 扣 0.5 分，得 1 − 0.5 = 0.5 分."""
    if rounded := is_all(text, "{told}，<<四舍五入|舍入>>为 {score#} 分"):  # kept to less than cents
        whole = left(rounded["told"], points, due, floor)
        is_rounding(score_in(rounded["told"]), rounded["score"], text)
        return whole
    if found := is_all(text, "<<扣|减>> {lost#} 分，<<得|扣>> {points#} − {lost2#} = {score#} 分"):
        same("what is taken off", found["lost"], found["lost2"])
        if plain(found["points"]) != round(points, 4):
            raise WrongError(f"{found['points']} points to begin with, {points} by the standard")
        if not as_span(plain(found["points"]) - plain(found["lost"])).holds(plain(found["score"])):
            raise WrongError(f"no sum: {text}")
        if due.low > points - floor + 1e-6:
            raise WrongError(f"{due} to take off, more than there is: {text}")
        return (points - due).within(floor, points)
    found = must_be(text, "应<<扣|减>> {due#} 分，" + FLOOR + "，<<得|扣>> {score#} 分")
    if not due.meets(read(found["due"], fewest=2)):
        raise WrongError(f"{found['due']} points to take off, {due} by the standard")
    if floor_of(found) != floor or plain(found["score"]) != round(floor, 4):
        raise WrongError(f"down to {floor} by the standard: {text}")
    if due.high < points - floor - 1e-6:
        raise WrongError(f"{due} to take off is not too much: {text}")
    return (points - due).within(floor, points)


def same(what: str, one: str, other: str) -> None:
    """Two places must print the same figure."""
    if plain(one) != plain(other):
        raise WrongError(f"{what}: {one} here, {other} there")


def behind_minus(figure: str) -> str:
    """A figure behind a minus sign: a negative one is in brackets."""
    return f"−（{figure}）" if figure.startswith(("−", "-")) else f"−{figure}"


def is_sum(told: "re.Match[str]", *parts: str) -> None:
    """A sum must be made of these figures, in this order, as they are printed, and come to what is said of it.

    ``told``: of ``SUM``. A score that is kept to less than cents is rounded afterwards, and that is said.
    """
    found, wanted = told["sum"], "".join(parts)
    if re.sub(r"\s", "", found) != re.sub(r"\s", "", wanted):
        raise WrongError(f"the sum “{found}” is not “{wanted}”")
    came, score = worked_out(found), read(told["score"], fewest=2)
    if not (came.meets(score) or came.within(0.0, float("inf")).meets(score)):
        raise WrongError(f"the sum “{found}” is not {told['score']}")
    if told["rounded"]:
        is_rounding(told["score"], told["rounded"], told[0])


def is_rounding(told: str, rounded: str, text: str) -> None:
    """``rounded`` is ``told`` with fewer decimals, and no figure beside it: 11.66 is not rounded to 11.67."""
    decimals = len(rounded.partition(".")[2])
    if abs(plain(told) - plain(rounded)) > 0.5 / 10**decimals + 1e-9:
        raise WrongError(f"no rounding: {text}")


_SCORE = re.compile(
    r"(?:(?:得|扣|加|=|记|四舍五入为|，舍入为) ?(?P<score>[−-]?\d+(?:\.\d+)?) 分|不得分|不扣分)(?![^（]*）)"
)


def score_in(reason: str) -> str:
    """The score that a reason ends in, as printed; "" where it prints none."""
    printed = [found["score"] or "0" for found in _SCORE.finditer(reason)]
    return printed[-1] if printed else ""
