from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator
from refzones.instances.common.problems import Problems
from refzones.instances.common.validation import note_validation_errors


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Inner(Strict):
    length: float
    unit: str = ""


class Outer(Strict):
    title: str
    one: Inner | None = None
    many: list[Inner] = []
    row: tuple[Inner, ...] = ()
    named: dict[str, Inner] = {}
    even: int = 0

    @field_validator("even")
    @classmethod
    def _even(cls, value: int) -> int:
        if value % 2:
            raise ValueError("this must be even")
        return value


def messages(data: dict[str, object]) -> list[str]:
    problems = Problems()
    try:
        Outer.model_validate(data)
    except ValidationError as error:
        note_validation_errors(error, Outer, "f.toml", problems)
    return [str(problem) for problem in problems._found]


def test_unknown_keys_get_the_nearest_key_of_their_own_table() -> None:
    data = {
        "title": "x",
        "tilte": 1,
        "one": {"length": 1, "units": "m"},
        "many": [{"length": 1}, {"length": 2, "unut": "m"}],
        "row": [{"lenght": 1, "length": 1}],
        "named": {"first": {"length": 1, "unti": "m"}},
    }
    assert messages(data) == [
        "f.toml: unknown key 'one.units'; did you mean 'unit'?",
        "f.toml: unknown key 'many, entry 2, unut'; did you mean 'unit'?",
        "f.toml: unknown key 'row, entry 1, lenght'; did you mean 'length'?",
        "f.toml: unknown key 'named.first.unti'; did you mean 'unit'?",
        "f.toml: unknown key 'tilte'; did you mean 'title'?",
    ]


def test_missing_and_wrong_values() -> None:
    assert messages({"one": {"length": "long"}, "even": 3}) == [
        "f.toml: the key 'title' is missing; add it",
        "f.toml, value 'long': one.length: must be a number, without quotes",
        "f.toml, value '3': even: this must be even",
    ]
