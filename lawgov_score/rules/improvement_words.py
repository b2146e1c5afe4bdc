"""How improvement words its standards and reasons: so much better than last edition, as good, better at all."""

from lawgov_score.rules.keys import Better
from lawgov_score.rules.steps import Steps
from lawgov_score.wording import Words

ENOUGH = {
    Better.HIGHER: Words(
        "{value}比上年提高 {mark}及以上得 {points:points} 分，否则{rest}。",
        "{points:points} points if {value} is {mark} or more above last edition's, otherwise {rest}.",
    ),
    Better.LOWER: Words(
        "{value}比上年降低 {mark}及以上得 {points:points} 分，否则{rest}。",
        "{points:points} points if {value} is {mark} or more below last edition's, otherwise {rest}.",
    ),
}
AS_GOOD = {
    Better.HIGHER: Words(
        "{value}不低于上年得 {points:points} 分，否则{rest}。",
        "{points:points} points if {value} is no lower than last edition's, otherwise {rest}.",
    ),
    Better.LOWER: Words(
        "{value}不高于上年得 {points:points} 分，否则{rest}。",
        "{points:points} points if {value} is no higher than last edition's, otherwise {rest}.",
    ),
}
BEYOND = {
    Better.HIGHER: Words(
        "{value}比上年提高超过 {mark}得 {points:points} 分，否则{rest}。",
        "{points:points} points if {value} is more than {mark} above last edition's, otherwise {rest}.",
    ),
    Better.LOWER: Words(
        "{value}比上年降低超过 {mark}得 {points:points} 分，否则{rest}。",
        "{points:points} points if {value} is more than {mark} below last edition's, otherwise {rest}.",
    ),
}
STRICTLY = {
    Better.HIGHER: Words(
        "{value}比上年提高得 {points:points} 分，持平或降低{rest}。",
        "{points:points} points if {value} is above last edition's, {rest} if as it was or below.",
    ),
    Better.LOWER: Words(
        "{value}比上年下降得 {points:points} 分，持平或上升{rest}。",
        "{points:points} points if {value} is below last edition's, {rest} if as it was or above.",
    ),
}
SOME = Words("得 {points:points} 分", "{points:points} points")
NONE = Words("不得分", "none")
STEPS = {
    Better.HIGHER: Words(
        "{value}与上年持平得 {start:points} 分，每提高 {step}加 {each:points} 分，每降低 {step}减 {each:points} 分，"
        "{mode}，最高 {points:points} 分，{floor}。",
        "{start:points} points if {value} is as in the last edition; {each:points} more for every {step} above it, "
        "{each:points} less for every {step} below it, {mode}, at most {points:points}, {floor}.",
    ),
    Better.LOWER: Words(
        "{value}与上年持平得 {start:points} 分，每降低 {step}加 {each:points} 分，每提高 {step}减 {each:points} 分，"
        "{mode}，最高 {points:points} 分，{floor}。",
        "{start:points} points if {value} is as in the last edition; {each:points} more for every {step} below it, "
        "{each:points} less for every {step} above it, {mode}, at most {points:points}, {floor}.",
    ),
}
MODES = {
    Steps.FLOOR: Words("不足 {step}的不计", "nothing for less than {step}"),
    Steps.LINEAR: Words("不足 {step}的按比例计", "in proportion for less than {step}"),
}
UP = Words("{name} {value}，上年 {previous}，提高 {gap}", "{name} {value}, {previous} in the last edition, {gap} up")
DOWN = Words(
    "{name} {value}，上年 {previous}，降低 {gap}", "{name} {value}, {previous} in the last edition, {gap} down"
)
LEVEL = Words("{name} {value}，与上年持平", "{name} {value}, as in the last edition")
NOT_ENOUGH = Words("{change}，未达到 {mark}，{rest}", "{change}, not {mark}: {rest}")
NOT_BEYOND = Words("{change}，未超过 {mark}，{rest}", "{change}, no more than {mark}: {rest}")
WORSE = Words("{change}，{rest}", "{change}: {rest}")
COUNTED = Words(
    "{change}，{start:points} {sign} {n:points} × {each:points} = {score:points} 分",
    "{change}: {start:points} {sign} {n:points} × {each:points} = {score:points} points",
)
AT_FLOOR = Words(
    "{change}，应减 {n:points} × {each:points} 分，{floor}，得 {score:points} 分",
    "{change}: {n:points} × {each:points} to take off, {floor}: {score:points} points",
)
UNKNOWN = Words("上年没有可比的数", "no figure of the last edition to compare with")
