"""Every problem code once. A code is never reused, even when its check is gone."""

from enum import StrEnum


class Code(StrEnum):
    """The codes: T tree, S submission, A assessor, R scoring, O output, X our own bugs."""

    # T1xx: how a tree is written
    T101 = "T101"  # file not found or not readable
    T102 = "T102"  # not UTF-8
    T103 = "T103"  # tab in indentation
    T104 = "T104"  # value of the wrong type
    T105 = "T105"  # key missing
    T106 = "T106"  # key unknown
    T107 = "T107"  # key written twice
    T108 = "T108"  # code without quotes that YAML reads as something else
    T109 = "T109"  # not YAML
    T110 = "T110"  # anchor, alias, tag or merge key
    T111 = "T111"  # value is not one of the allowed ones
    T112 = "T112"  # number outside the allowed range
    T113 = "T113"  # empty file, or not a mapping
    T114 = "T114"  # a YAML file in the folder that tree.yaml does not list
    T115 = "T115"  # text that does not have the required form, or is empty
    T116 = "T116"  # file too large or nested too deeply
    T117 = "T117"  # list too short or with repeated entries
    T118 = "T118"  # combination of keys that is not allowed
    # T2xx: what a tree means
    T201 = "T201"  # code used twice
    T202 = "T202"  # points of the children do not add up to the parent's
    T203 = "T203"  # bands not in order
    T204 = "T204"  # unknown unit type
    T205 = "T205"  # name used that is not asked for
    T206 = "T206"  # field asked for but never used
    T207 = "T207"  # expression cannot be read
    T208 = "T208"  # division without a policy for a zero denominator
    T209 = "T209"  # parameters of a rule contradict each other
    T210 = "T210"  # bound of a field refers to an unknown field
    T211 = "T211"  # node at the wrong depth for `levels`
    T212 = "T212"  # grades not in order
    T213 = "T213"  # rule can give more than the indicator's points
    T214 = "T214"  # indicator's code does not begin with its parent's, as most do
    T215 = "T215"  # rule needs a value, or has no use for one
    T216 = "T216"  # cohort: unknown or repeated unit type
    T217 = "T217"  # points of the whole tree differ from the printed total
    T218 = "T218"  # two fields of one indicator with the same code or name
    T219 = "T219"  # rule fed by a field of the wrong type
    T220 = "T220"  # waiver that fits no problem
    T221 = "T221"  # policy for a zero denominator where nothing is divided
    T222 = "T222"  # unknown veto or grade named
    T223 = "T223"  # unknown node named (tie-breaker, waiver, uses, score(), grade, veto)
    T224 = "T224"  # weights that do not fit the way up the tree
    T225 = "T225"  # nodes that feed one another in a circle
    T226 = "T226"  # parameters of an aggregation contradict each other
    T227 = "T227"  # lookup table without a row for a number of children
    T228 = "T228"  # last edition's figures and `no_previous` do not go together
    T229 = "T229"  # weights printed as percentages do not add up to 100%
    T230 = "T230"  # node of a repeated group named from outside
    T231 = "T231"  # letters not in order
    T232 = "T232"  # unknown cohort or weight class named
    T233 = "T233"  # effects of a veto contradict each other
    T234 = "T234"  # bonuses and penalties contradict each other
    T235 = "T235"  # rule that a group cannot have
    T236 = "T236"  # keys of a node contradict each other
    T237 = "T237"  # parallel trees: points of a unit type differ from the printed total
    T238 = "T238"  # weight set that does not fit the tree
    T239 = "T239"  # points are kept apart and no weight set is chosen
    T240 = "T240"  # rule that can never give all of the indicator's points
    T241 = "T241"  # value that is made from last edition's value of itself
    T242 = "T242"  # check between fields that is no condition, or looks beyond them
    # S1xx: a submission as a file
    S101 = "S101"  # file or folder not found
    S102 = "S102"  # folder without submissions
    S103 = "S103"  # not a workbook or table
    S104 = "S104"  # password-protected
    S105 = "S105"  # old .xls
    S106 = "S106"  # damaged
    S107 = "S107"  # not safe to open
    S108 = "S108"  # of another tree
    S109 = "S109"  # of another edition
    S110 = "S110"  # does not say which unit it is from
    S111 = "S111"  # unit not in the roster
    S112 = "S112"  # two submissions for one unit
    S113 = "S113"  # sheet missing
    S114 = "S114"  # heading missing
    S115 = "S115"  # skipped: lock file, ghost file
    S116 = "S116"  # unit of the roster without a submission
    S117 = "S117"  # column of a table that no field has
    S118 = "S118"  # macros or external links ignored
    S119 = "S119"  # encoding of a table
    S120 = "S120"  # of the same edition, before or after a change of the tree
    S121 = "S121"  # table or roster: heading missing
    S122 = "S122"  # roster: unit twice
    S123 = "S123"  # roster: unknown unit type
    S124 = "S124"  # roster: unknown cohort, or none given
    S125 = "S125"  # roster: empty or malformed cell
    S126 = "S126"  # unit type of the workbook differs from the roster's
    S127 = "S127"  # cover names another unit than the stamp
    S128 = "S128"  # two columns with the same heading
    S129 = "S129"  # file of another kind, or folder, passed over
    S130 = "S130"  # file named after another unit
    S131 = "S131"  # unit code that shares a file name with another
    S132 = "S132"  # unit none of whose submissions can be used
    # S2xx: one cell of a submission
    S201 = "S201"  # not a number
    S202 = "S202"  # outside its bounds
    S203 = "S203"  # not a share
    S204 = "S204"  # count that is not a whole number
    S205 = "S205"  # not a date
    S206 = "S206"  # neither yes nor no
    S207 = "S207"  # not one of the choices
    S208 = "S208"  # larger than the field that bounds it
    S209 = "S209"  # not applicable where that is not allowed
    S210 = "S210"  # not applicable without a reason
    S211 = "S211"  # field answered twice, differently
    S212 = "S212"  # row for a field the tree does not ask of this unit
    S213 = "S213"  # row of a field is gone
    S214 = "S214"  # formula without a stored value
    S215 = "S215"  # error value such as #DIV/0!
    S216 = "S216"  # rate contradicts the counts
    S217 = "S217"  # evidence missing
    S218 = "S218"  # rate given where the counts are zero
    S219 = "S219"  # fields that do not go together as a check of the tree says
    # A1xx: the office's own workbooks as files
    A101 = "A101"  # sheet missing
    A102 = "A102"  # heading missing
    A103 = "A103"  # of another tree
    A104 = "A104"  # of another edition
    A105 = "A105"  # no kind of workbook that is known
    A106 = "A106"  # folder without workbooks
    A107 = "A107"  # lies among the submissions
    # A2xx: one cell of the office's own workbooks
    A201 = "A201"  # unknown unit
    A202 = "A202"  # unknown indicator
    A203 = "A203"  # mark for an indicator that is not judged
    A204 = "A204"  # not a number
    A205 = "A205"  # mark or changed score out of range
    A206 = "A206"  # blank: reason, reviewer, date, …
    A207 = "A207"  # reviewer marking twice
    A208 = "A208"  # two changes, or two rulings, for one unit and indicator
    A209 = "A209"  # ruling on an indicator that always applies
    A210 = "A210"  # ruling on what nobody claimed
    A211 = "A211"  # neither granted nor refused
    A212 = "A212"  # register: unknown kind
    A213 = "A213"  # register: level unknown, missing or not asked
    A214 = "A214"  # not a date
    A215 = "A215"  # register: evidence missing
    A216 = "A216"  # register: times not a positive whole number
    A217 = "A217"  # register: the same line twice
    A218 = "A218"  # indicator does not apply to the unit
    # A3xx: results of the last edition
    A301 = "A301"  # file missing
    A302 = "A302"  # figures.csv missing
    A303 = "A303"  # column missing
    A304 = "A304"  # unknown column
    A305 = "A305"  # not a number
    A306 = "A306"  # no node code in common
    A307 = "A307"  # line twice, differently
    # R1xx: results that look suspicious
    R101 = "R101"  # coverage below the threshold
    R102 = "R102"  # all units equal at an indicator
    R103 = "R103"  # cohort of one for a relative rule
    R104 = "R104"  # indicator that no unit answered
    R105 = "R105"  # small sample
    R106 = "R106"  # unit not scored because of errors
    R107 = "R107"  # veto triggered
    R108 = "R108"  # geometric mean of something negative
    R109 = "R109"  # harmonic mean of something that is not positive
    R110 = "R110"  # no line of a lookup table fits
    R111 = "R111"  # node's score cannot be worked out
    R112 = "R112"  # weights add up to nothing
    R113 = "R113"  # too little below a node has a score
    R114 = "R114"  # score changed from another one than was computed
    R115 = "R115"  # change on review without effect
    R116 = "R116"  # nobody has a total
    R117 = "R117"  # not reviewed yet
    R118 = "R118"  # all equal where values are spread out
    R119 = "R119"  # figures that come to no number
    R120 = "R120"  # equal totals told apart by a tie-breaker
    # V1xx: a scorecard that cannot be verified; V2xx: what does not agree
    V101 = "V101"  # not a scorecard of this program, or without its manifest
    V102 = "V102"  # manifest of another format
    V201 = "V201"  # tree is another one, or was changed
    V202 = "V202"  # made by another version of the program
    V203 = "V203"  # input changed
    V204 = "V204"  # input missing
    V205 = "V205"  # input that the scorecard does not rest on
    V206 = "V206"  # cell differs
    V207 = "V207"  # sheet too many or too few
    V208 = "V208"  # nothing could be scored to compare with
    # O1xx: an output that could not be written
    O101 = "O101"  # folder or file cannot be written
    O102 = "O102"  # disk full
    O103 = "O103"  # not an ordinary file
    # X9xx: ours
    X900 = "X900"  # a bug
