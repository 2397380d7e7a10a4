"""A gazetteer: finds the municipality that a text means, or says why there is none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property

from .common.problems import suggest
from .common.text import CODE_PREFIX, MARKS, code_readings, fold, loose, plain_code, tidy

_KIND = re.compile(
    r"^(?:stad|gemeente|gem\.|fusiegemeente|(?:ville|commune) (?:de|d')|(?:city|town|municipality) of)\s*"
    r"|(?:,\s*|\s+\(|\s+-\s+)(?:stad|gemeente|ville|commune|city|town|municipality)\)?$"
)
_BOTH = (
    re.compile(r"^(?P<name>[^+;]*\S)\s*[(\[]\s*(?P<code>[^()\[\]]*\d)\s*[)\]]$"),
    re.compile(r"^(?P<name>\D*[^\W\d].*?)[\s:,_-]+(?P<code>\d{3,})$"),
    re.compile(r"^(?P<code>\d{3,})[\s:,_-]+(?P<name>[^\W\d].*|'.*)$"),
)


class Gazetteer:
    """Finds municipalities by code and by name.

    Parameters
    ----------
    codes : sequence of str
        All municipalities.
    names : sequence of str
        Their names, in the same order; not needed where only codes are looked up.

    Attributes
    ----------
    codes : tuple of str
    """

    def __init__(self, codes: Sequence[str], names: Sequence[str] = ()) -> None:
        self.codes, self._names = tuple(codes), tuple(names)
        self._index = {code: i for i, code in enumerate(self.codes)}

    def code(self, text: str) -> int | None:
        """Look up a municipality by its code; None where the text is no code, or could be two."""
        exact = self._index.get(text)
        if exact is not None:
            return exact
        same = self._plain_codes.get(plain_code(text), ())
        if not same:
            same = _all_of(self._read_codes, code_readings(text))
        return same[0] if len(same) == 1 else None

    def named(self, text: str) -> tuple[int, ...]:
        """List the municipalities that a name can mean, ascending."""
        if matches := self._folded_names.get(fold(text)):
            return matches
        if matches := _all_of(self._loose_names, loose(text)):
            return matches
        bare = _KIND.sub("", fold(text.rstrip(MARKS)))
        return _all_of(self._loose_names, loose(bare))

    def lookup(self, text: str) -> tuple[int, ...]:
        """List the municipalities that a code, a name, or both in one text can mean.

        A code and a name that contradict each other match none.
        """
        code = self.code(text)
        if code is not None:
            return (code,)
        return self.named(text) or self._both(text)

    def find(self, text: str) -> int:
        """Look up the one municipality that a code, a name, or both in one text mean.

        Raises
        ------
        KeyError
            None matches, or more than one; the message says what is wrong, and what to do.
        """
        matches = self.lookup(text)
        if len(matches) == 1:
            return matches[0]
        if matches:
            listed = ", ".join(self.label(i) for i in matches[:10])
            raise KeyError(f"more than one municipality has this name; use the code: {listed}")
        raise KeyError(self._why_nobody(text))

    def contradiction(self, municipality: int, name: str) -> str:
        """Say how a name contradicts the name of a municipality; empty where it does not.

        An unknown name is taken for another spelling of the municipality's own, as ``Ghent`` or ``Beveren``
        (for Beveren-Kruibeke-Zwijndrecht), unless it is more like the name of another one.
        """
        if not self._names or not any(map(str.isalpha, name)):
            return ""
        named = self.lookup(name)
        if municipality in named:
            return ""
        if named:
            others = " or ".join(self.label(i) for i in named[:3])
            return (
                f"code and name contradict each other: the code is that of {self.label(municipality)}, "
                f"the name that of {others}"
            )
        own, other = fold(self._names[municipality]), fold(name)
        words = set(re.split(r"[\s-]+", own)), set(re.split(r"[\s-]+", other))
        if words[0] <= words[1] or words[1] <= words[0]:
            return ""
        if get_close_matches(other, map(fold, self._names), n=1, cutoff=0.6) == [own]:
            return ""
        return f"the code is that of {self.label(municipality)}, but no municipality has the name '{name}'"

    def label(self, municipality: int) -> str:
        """Give name and code, for messages."""
        code = self.codes[municipality]
        return f"{self._names[municipality]} ({code})" if self._names else code

    def parts(self, text: str) -> tuple[str, str] | None:
        """Split ``Melle (44040)`` or ``44040 Melle`` into name and code; None where a text is neither."""
        bare = tidy(text).rstrip(MARKS)
        for pattern in _BOTH:
            if match := pattern.match(bare):
                return match.group("name").strip(), match.group("code").strip()
        return None

    def _both(self, text: str) -> tuple[int, ...]:
        parts = self.parts(text)
        if parts is None:
            return ()
        code, named = self.code(parts[1]), self.named(parts[0])
        return (code,) if code is not None and code in named else ()

    def _why_nobody(self, text: str) -> str:
        if (parts := self.parts(text)) is not None:
            code, named = self.code(parts[1]), self.named(parts[0])
            if code is not None and not named:
                return (
                    f"the code is that of {self.label(code)}, but no municipality has the name '{parts[0]}'; "
                    "keep one of the two"
                )
            if code is not None:
                others = " or ".join(self.label(i) for i in named[:3])
                return (
                    f"code and name contradict each other: the code is that of {self.label(code)}, "
                    f"the name that of {others}"
                )
            return f"no municipality has the code {parts[1]}; {self._codes_here()}"
        if self._like_a_code(text):
            return f"no municipality has this code; {self._codes_here()}"
        near = suggest(text, self._names)
        return f"no municipality has this name; {near}" if near else "no municipality has this name"

    def _like_a_code(self, text: str) -> bool:
        shape = _shape(text)
        return shape.strip("9 .,'") == "" or shape in {_shape(code) for code in self.codes}

    def _codes_here(self) -> str:
        return f"those here are like {self.codes[0]}" if self.codes else "there is none"

    @cached_property
    def _plain_codes(self) -> Mapping[str, tuple[int, ...]]:
        return _by_key((plain_code(code),) for code in self.codes)

    @cached_property
    def _read_codes(self) -> Mapping[str, tuple[int, ...]]:
        # of a known code only the first reading counts: its own letters belong to it
        return _by_key((_as_known(code),) for code in self.codes)

    @cached_property
    def _folded_names(self) -> Mapping[str, tuple[int, ...]]:
        return _by_key((fold(name),) for name in self._names)

    @cached_property
    def _loose_names(self) -> Mapping[str, tuple[int, ...]]:
        return _by_key(map(loose, self._names))


def _shape(code: str) -> str:
    """Reduce a code to its shape: one sign for all digits, one for all letters."""
    plain = CODE_PREFIX.sub("", plain_code(code))
    return "".join("9" if sign.isdecimal() else "a" if sign.isalpha() else sign for sign in plain)


def _as_known(code: str) -> str:
    plain = plain_code(code)
    return (plain.lstrip("0") or "0") if plain.isdecimal() else re.sub(r"[\s_-]+", "", plain)


def _by_key(keys: Iterable[Iterable[str]]) -> Mapping[str, tuple[int, ...]]:
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for i, texts in enumerate(keys):
        for text in texts:
            by_key[text].append(i)
    return {text: tuple(places) for text, places in by_key.items() if text}


def _all_of(index: Mapping[str, tuple[int, ...]], keys: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({i for key in keys for i in index.get(key, ())}))
