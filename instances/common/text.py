"""Normalisation of names and codes, whatever file or keyboard they come from.

Texts are shown as they were written and compared in a normal form. A text that could mean two municipalities
means neither: nothing here guesses.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product

_DASHES = "\u00ad\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_APOSTROPHES = (
    "`\u00b4\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u02cb\u2018\u2019\u201a\u201b\u2032\u2035\ua78c\uff07"
)
_ONE_SIGN = {ord(sign): "-" for sign in _DASHES[1:]} | {ord(sign): "'" for sign in _APOSTROPHES}
_LETTERS = {ord(a): b for a, b in zip("æœøłđðþı", ("ae", "oe", "o", "l", "d", "d", "th", "i"), strict=True)}

MARKS = " \t\r\n\u00a0,;:*\u2020\u2021\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
"""Signs that may trail a name or code: separators and footnote marks."""

_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_BLANKS = re.compile(r"\s+")
_AROUND_DASH = re.compile(r"\s*-[\s-]*")

_ABBREVIATED: Mapping[str, tuple[str, ...]] = {
    "st": ("sint", "saint", "sankt"),
    "ste": ("sainte",),
    "snt": ("sint",),
    "skt": ("sankt",),
    "olv": ("onzelievevrouw",),
}
_SHORT_WORDS = (
    (re.compile(r"\bo\.\s?l\.\s?v\b\.?"), "olv "),
    (re.compile(r"\bo[./]\s?d\b\.?"), "op den "),
    (re.compile(r"\ba[./]\s?d\b\.?"), "aan de "),
    (re.compile(r"\bs/"), "sur "),
)

CODE_PREFIX = re.compile(r"^(?:(?:ref)?nis|ins|lau|be|code)[\s:_#.-]*(?:(?:code|nr|be)[\s:_#.-]*)?(?=\d)")
_FRACTION = re.compile(r"^(\d+)[.,]0*$")
_THOUSANDS = re.compile(r"^\d{1,3}([ .,'])\d{3}(?:\1\d{3})*$")
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?e\+?\d{1,2}$")


TOTALS = frozenset(
    {"totaal", "algemeen totaal", "eindtotaal", "totaal generaal", "subtotaal", "som", "total", "grand total"}
    | {"sum", "subtotal", "sous-total", "total general", "total général", "totaux", "somme"}
)
"""Labels of rows of totals, in Dutch, English and French."""

YES = ("1", "yes", "true", "ja", "oui", "waar", "vrai")
NO = ("0", "no", "false", "nee", "non", "onwaar", "faux")
"""Words for yes and no, in English, Dutch and French."""

_ERRORS = frozenset(
    {"#n/a", "#nb", "#null!", "#div/0!", "#deel/0!", "#value!", "#waarde!", "#valeur!", "#ref!", "#verw!"}
    | {"#name?", "#naam?", "#nom?", "#num!", "#getal!", "#nombre!", "#spill!", "#calc!", "#getting_data"}
)
"""Errors as spreadsheets show them, in Dutch, English and French."""

_PLACEHOLDERS = frozenset(
    {
        "na",
        "n/a",
        "n.a.",
        "#n/a",
        "nan",
        "null",
        "none",
        "nil",
        "nvt",
        "n.v.t.",
        "nb",
        "n.b.",
        "-",
        "--",
        "---",
    }
    | _ERRORS
    | {".", "..", "...", "?", "/", "_", "n/d", "nd", "n.d.", "(blank)", "(leeg)", "(vide)", "<na>", "#nb"}
)


_LONGEST = 2 * max(map(len, _PLACEHOLDERS))  # with blanks around it


def is_placeholder(text: str) -> bool:
    """Tell whether a text stands for a missing value, as programs and people write it."""
    return len(text) <= _LONGEST and fold(text) in _PLACEHOLDERS


def is_shown_error(text: str) -> bool:
    """Tell whether a text is the error that a spreadsheet shows where a formula failed."""
    return text.startswith("#") and fold(text) in _ERRORS


def one_spelling(texts: Sequence[str]) -> list[str]:
    """Spell equal texts (see `fold`) in one way: the most frequent spelling, the first of several."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, times in Counter(texts).items():
        counted[fold(text)][text] = times
    best: dict[str, str] = {}
    for spelt in counted.values():
        first = min(spelt, key=lambda text: (-spelt[text], text))
        best |= dict.fromkeys(spelt, first)
    return [best[text] for text in texts]


def tidy(text: str) -> str:
    """Trim blanks and invisible signs around a text, and compose it (NFC), to be shown."""
    if text.isascii():
        return text.strip()
    text = unicodedata.normalize("NFC", text)
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return text[start:end]


def fold(text: str, *, case: bool = False) -> str:
    """Normalise a name for comparison.

    Compatible Unicode signs, upper and lower case, kinds of dashes and apostrophes, invisible signs and runs
    of blanks make no difference; accents, points and the place of dashes do.

    Parameters
    ----------
    text : str
    case : bool
        Keep upper and lower case apart.

    Returns
    -------
    str
        Not to be shown.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_ONE_SIGN))
        text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf").translate(_ONE_SIGN)
    elif "`" in text:
        text = text.replace("`", "'")
    text = _BLANKS.sub(" ", text if case else text.casefold()).strip()
    if "-" in text:
        text = _AROUND_DASH.sub("-", text)
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def loose(text: str) -> frozenset[str]:
    """Normalise a name more loosely, for when `fold` matches no municipality.

    Accents, points, dashes, apostrophes and blanks are left out; ``St.`` is read as Sint, Saint and Sankt.

    Parameters
    ----------
    text : str

    Returns
    -------
    frozenset of str
        One form for each way to read the abbreviations.
    """
    plain = fold(text.rstrip(MARKS).strip(_QUOTES)).translate(_LETTERS)
    for pattern, meant in _SHORT_WORDS:
        plain = pattern.sub(meant, plain)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))
    plain = plain.replace(", ", ",\0")  # a comma with a blank may stand between two names
    words = re.sub(r"[.\s-]+", " ", plain).replace("'", "").split()
    readings = [_ABBREVIATED.get(word, (word,)) for word in words[:12]]
    return frozenset("".join((*chosen, *words[12:])) for chosen in product(*readings[:12]))


def plain_code(text: str) -> str:
    """Normalise a code: digits, case, quotes and blanks of one kind."""
    if text.isascii() and text.isdecimal():
        return text
    text = text.rstrip(MARKS).strip()
    if text.startswith('="') and text.endswith('"'):  # how a spreadsheet is kept from reading a number
        text = text[2:-1]
    text = fold(text.strip(_QUOTES)).lstrip("'")
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def clean_code(text: str) -> str:
    """Clean a code of a table of municipalities from what programs add to numbers."""
    plain = tidy(text)
    if plain.startswith('="') and plain.endswith('"'):
        plain = plain[2:-1]
    plain = plain.lstrip("'")
    if match := _FRACTION.match(plain):
        return match.group(1)
    return plain if plain.isascii() else unicodedata.normalize("NFKC", plain)


def code_readings(text: str) -> frozenset[str]:
    """Give the codes that a text can mean, with what programs do to codes undone.

    Such as lost leading zeros, ``11001.0``, ``11.001``, ``BE11001``, ``NIS 11001`` and ``GM-0003``.

    Parameters
    ----------
    text : str

    Returns
    -------
    frozenset of str
        Whole numbers without leading zeros; other codes without the blanks and dashes inside them.
    """
    plain = plain_code(text)
    readings = set()
    for form in {plain, CODE_PREFIX.sub("", plain)}:
        if form.startswith(("-", "+")):
            continue
        numbers = {form} if form.isdecimal() else set()
        if match := _FRACTION.match(form):
            numbers.add(match.group(1))
        if match := _THOUSANDS.match(form):
            numbers.add(form.replace(match.group(1), ""))
        if _SCIENTIFIC.match(form) and Decimal(form) == int(Decimal(form)):
            numbers.add(str(int(Decimal(form))))
        readings |= {number.lstrip("0") or "0" for number in numbers}
        if not numbers and any(map(str.isalpha, form)):
            readings.add(re.sub(r"[\s_-]+", "", form))
    return frozenset(readings - {""})


def _is_blank(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Cf", "Cc")
