"""How a unit is told of a decision, in the words of commands, pages and refusals; importing it costs nothing."""

from lawgov_score.wording import Words

BLANK = Words("空白", "nothing")
BY_WHOM = Words("由谁、怎样告知", "By whom and how")
A_WAY = Words("如“李某送达，单位签收”", "such as “by hand, against a signature”")
HOW = Words("由谁、怎样告知，{such}", "by whom and how, {such}")(such=A_WAY)
