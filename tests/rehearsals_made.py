"""What must hold of any rehearsal: its shares come to the difference."""

import numpy as np

from lawgov_score.revision.rehearsal import Rehearsal


def check_sums(found: Rehearsal) -> None:
    """Shares, printed and exact, come to the difference, wherever it can be shared out."""
    told = [row for row in range(len(found.old.units)) if row not in found.not_shared_out]
    if found.bundles:
        sums = found.shares.sum(axis=0)[told]
        np.testing.assert_allclose(sums, found.gains[told], atol=1e-9, equal_nan=True)
        np.testing.assert_allclose(found.exact.sum(axis=0)[told], found.gains[told], atol=1e-6, equal_nan=True)
        cents = found.shares * 10**found.decimals
        np.testing.assert_allclose(cents, np.round(cents), atol=1e-6)
        assert (np.abs(found.shares - found.exact)[:, told] <= 10.0**-found.decimals + 1e-9).sum() == (
            ~np.isnan(found.exact[:, told])
        ).sum()
        for each, moved in ((found.place_shares, found.climbs), (found.grade_shares, found.rises)):
            known = ~np.isnan(each).any(axis=0)  # half way a unit may have no place
            np.testing.assert_allclose(each.sum(axis=0)[known], moved[known], atol=1e-9)
