from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from refzones.instances.common.text import code_readings, fold, loose, tidy


@given(st.text(max_size=30))
def test_forms_of_any_text_are_forms_of_themselves(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(text)) == tidy(text)
    assert all(form == form.casefold() and " " not in form for form in loose(text))
    assert all(reading == reading.strip() for reading in code_readings(text))
