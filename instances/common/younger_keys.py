"""Models whose younger keys are left out where they say nothing, so that older files keep their form."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, SerializerFunctionWrapHandler, model_serializer


class YoungerKeys(BaseModel):
    """Base of what `plan.json` holds.

    A key that is younger than the format of `plan.json` is left out where it has its default, which is what
    the program did before there was such a key: so plans of then are read, and have the digest that they had.
    """

    ADDED: ClassVar[tuple[str, ...]] = ()
    """Keys that are younger than the format of `plan.json`."""

    @model_serializer(mode="wrap")
    def _without_what_says_nothing(self, given: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = given(self)
        for key in self.ADDED:
            default = type(self).model_fields[key].get_default(call_default_factory=True)
            if getattr(self, key) == default:
                written.pop(key, None)
        return written
