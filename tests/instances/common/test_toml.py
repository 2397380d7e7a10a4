from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances import InputError
from refzones.instances.common.toml import parse_toml, render_toml

_text = st.text(st.characters(codec="utf-8"), max_size=12)
_plain = (
    st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | _text
)
_values = _plain | st.lists(_plain, max_size=3)
_data = st.recursive(
    st.dictionaries(_text, _values, max_size=3),
    lambda inner: st.dictionaries(_text, _values | inner, max_size=3),
    max_leaves=8,
)


@given(_data)
def test_what_is_rendered_reads_back(data: dict[str, object]) -> None:
    assert tomllib.loads(render_toml(data)) == data


def test_none_is_left_out_and_tables_follow_plain_keys() -> None:
    text = render_toml({"b": {"c": 1}, "a": "x", "nothing": None, "e": {}})
    assert text == 'a = "x"\n\n[b]\nc = 1\n\n[e]\n'


def test_what_toml_cannot_hold() -> None:
    with pytest.raises(TypeError, match="TOML has no form for object"):
        render_toml({"a": object()})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nb = 2\na = 3\n", "f.toml, row 3, value 'a = 3': a key stands twice; keep one of them"),
        ("[a]\n[b]\n[a]\n", "f.toml, row 3, value '[a]': a table stands twice; put its keys into one"),
        (
            "[population]\nmin = 25.000.000\n",
            "f.toml, row 2, value 'min = 25.000.000': this is not valid TOML (Expected newline or end of "
            "document after a statement (at line 2, column 13)); write numbers without signs between the "
            "digits, as 25000 or 25_000",
        ),
        ("min = 30 000", "write numbers without signs between the digits"),
        ("min = 30,000", "write numbers without signs between the digits"),
        ("alone = [01001]", "write numbers without zeros in front, and codes that have them in quotes"),
        ("a = ", "f.toml: this is not valid TOML (Invalid value (at end of document))"),
        ('a = """', "f.toml: this is not valid TOML (Unterminated string (at end"),
        ("a = " + "[" * 5_000, "f.toml: this is not valid TOML"),
        ("a = " + "x" * 5_000, "this is not valid TOML"),
    ],
)
def test_what_is_no_toml_shows_its_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_toml(text, "f.toml")
    assert message in str(caught.value)
    assert len(str(caught.value)) < 300
