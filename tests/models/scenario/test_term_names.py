import pytest
from refzones.models.scenario.term_names import check_term_name


def test_names_are_split() -> None:
    assert check_term_name("coverage") == ("coverage", "")
    assert check_term_name("straddle(primary_care)") == ("straddle", "primary_care")
    assert check_term_name("straddle(fire zones (2025))") == ("straddle", "fire zones (2025)")


@pytest.mark.parametrize("name", ["", "distance ", "straddle(police", "straddle police)", "()"])
def test_malformed_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="unknown term"):
        check_term_name(name)


def test_argument_that_is_missing_or_too_much_is_told() -> None:
    with pytest.raises(ValueError, match=r"write straddle\(layer\)"):
        check_term_name("straddle")
    with pytest.raises(ValueError, match="write coverage"):
        check_term_name("coverage(police)")
