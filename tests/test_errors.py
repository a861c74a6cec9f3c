import pytest

from claimgraph import errors
from claimgraph.errors import ClaimgraphError, Place


def test_a_place_reads_as_editors_understand_it():
    assert str(Place("claims.yaml")) == "claims.yaml"
    assert str(Place("claims.yaml", 7)) == "claims.yaml:7"


@pytest.mark.parametrize(
    ("where", "repair", "message"),
    [
        (None, None, "wrong"),
        (Place("f", 3), None, "f:3: wrong"),
        (None, "do so", "wrong. Repair: do so"),
        (Place("f"), "do so", "f: wrong. Repair: do so"),
    ],
)
def test_an_error_says_what_where_and_how_to_repair(where, repair, message):
    error = ClaimgraphError("wrong", where=where, repair=repair)
    assert str(error) == message
    assert (error.what, error.where, error.repair) == ("wrong", where, repair)


def test_all_errors_stand_under_one_root():
    found = [v for v in vars(errors).values() if isinstance(v, type) and issubclass(v, Exception)]
    assert len(found) > 5
    assert all(issubclass(error, ClaimgraphError) for error in found)
