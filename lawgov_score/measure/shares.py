"""Who of several causes has which share in a difference: the mean over every order in which they may come (Shapley).

Exact: the value of every subset of the causes is needed, 2^n in all.
"""

from math import factorial

import numpy as np

from lawgov_score.rounding import FloatArray


def shares_of(values: FloatArray) -> FloatArray:
    """(causes, units): the share of each cause, from the values (2^causes, units) of all subsets of the causes.

    Row ``s`` of ``values`` is the subset of the causes whose bits are set in ``s``. The shares of a unit come to the
    value of all causes less that of none. nan where any value of the unit is nan.
    """
    causes = len(values).bit_length() - 1
    if len(values) != 1 << causes:
        raise ValueError(f"{len(values)} values are not those of all subsets")
    size = np.array([subset.bit_count() for subset in range(len(values))])
    found = np.zeros((causes, values.shape[1]))
    for cause in range(causes):
        without = np.array([subset for subset in range(len(values)) if not subset >> cause & 1])
        weight = [factorial(n) * factorial(causes - n - 1) / factorial(causes) for n in size[without].tolist()]
        found[cause] = np.array(weight) @ (values[without | (1 << cause)] - values[without])
    return found


def apportioned(shares: FloatArray, totals: FloatArray, decimals: int) -> FloatArray:
    """(causes, units): the shares with so many decimals, which come exactly to the ``totals`` (units,).

    Every share is rounded down, and what is left goes, one unit of the last place each, to those that lost most by it
    (of equals the first): none is further than that from its exact share. ``totals`` have so many decimals themselves.
    nan stays nan.
    """
    scale = 10.0**decimals
    known = ~np.isnan(shares).any(axis=0) & ~np.isnan(totals)
    found = np.full_like(shares, np.nan)
    if not len(shares) or not known.any():
        return found
    exact = np.round(shares[:, known] * scale, 6)  # without dust: 0.1 + 0.2 is no cause to round otherwise
    floor = np.floor(exact)
    left = np.round(totals[known] * scale).astype(np.int64) - floor.sum(axis=0).astype(np.int64)
    order = np.argsort(-(exact - floor), axis=0, kind="stable")
    place = np.argsort(order, axis=0, kind="stable")
    whole, more = np.divmod(left, len(shares))  # more than one each only where the totals are not those of the shares
    given = whole[None, :] + (place < more[None, :])
    found[:, known] = (floor + given) / scale + 0.0
    return found
