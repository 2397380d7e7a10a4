from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances.toml import render_toml

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
