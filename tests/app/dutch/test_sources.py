"""Sentences in the source of the program: each has its Dutch, or is one that no page shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from refzones.app.dutch import in_dutch
from refzones.app.dutch.sentences import tables
from refzones.app.dutch.slots import SLOT
from refzones.app.dutch.template import Template
from refzones.solver.review.lock_prices import LockPriceStatus
from refzones.solver.review.reason import ReasonKind

TOP = Path(__file__).parents[3]
HOLE = "\0"

ROOMS = (
    "instances",
    "instances/common",
    "instances/exchange",
    "instances/plan_files",
    "instances/tables",
    "instances/vectors",
    "models",
    "models/indicators",
    "models/question",
    "models/scenario",
    "models/scoring",
    "models/terms",
    "solver",
    "solver/candidates",
    "solver/certificates",
    "solver/checking",
    "solver/drawing",
    "solver/engines",
    "solver/executing",
    "solver/experiments",
    "solver/infeasibility",
    "solver/incumbents",
    "solver/methods",
    "solver/methods/compact",
    "solver/partition",
    "solver/plan_sets",
    "solver/plan_sets/alternatives",
    "solver/regions",
    "solver/results",
    "solver/review",
    "solver/verification",
    "app/commands",
    "app/files",
    "app/dossier/chapters",
    "app/dossier/facts",
    "app/input",
    "app/maps",
    "app/pictures",
    "app/terminal",
)
"""Folders whose sentences a planner can meet on a page or on a terminal."""

SERVER = ("app/web", "app/web/contract", "app/web/tasks")
"""Folders of the page's server, of which the sentences count that these functions are given."""

SAYING = {"reject", "said", "add", "Problem", "StorageError"}

MODULES = (
    "app/cli.py",
    "app/process.py",
)
"""Modules of other folders of which the same is true."""

NOT_MET = {
    "instances/__init__.py": "names of the face",
    "instances/moved.py": "old paths of modules",
    "instances/common/deprecated.py": "warnings for programmers",
    "instances/common/lazy.py": "errors of programmers",
    "instances/common/text.py": "words that tables of people hold",
    "instances/tables/header_words.py": "words that tables of people hold",
    "models/__init__.py": "names of the face",
    "models/moved.py": "old paths of modules",
    "solver/__init__.py": "names of the face",
    "solver/moved.py": "old paths of modules",
    "solver/progress.py": "callbacks of programmers",
    "solver/candidates/__init__.py": "names of the face",
    "solver/results/html.py": "notebooks",
}
"""Modules whose sentences no page shows, and why."""

NO_SENTENCES = {
    r"<[A-Z\0]": "short forms of objects, for programmers",
    r"(OR-Tools|GLOP|PuLP|, cbcbox) ": "names of programs",
    r"[^ ]*( and others| and \0 more|; and \0 more|; and others)$": "the end of a list, for its slot",
    r"(row|rows|column|value\w*) ": "places in a file, which `place_in_dutch` translates",
    r", entry ": "places in a file, which `place_in_dutch` translates",
    r"pip install ": "commands",
    r"refzones instance ": "commands",
    r"refzones verify \0|refzones \0 · \0": "a command; the program with its version",
    r"an alternative for \0|the best plan of \0 without a merger": "what defects of the program are about",
    r"randomSeed ": "what an engine is told",
    r"hundredths of commuters|inhabitants times the metres": "names of sums, too large for any people",
    r"[\0]* s with \0|pair of neighbours$": "a line of the terminal; a word of whole sentences",
    r"Value error, ": "what pydantic puts before a sentence",
    r"SELECT |Cannot |\\s|Moved to ": "patterns and queries",
    r"to_frame\(|ParetoFront": "names of functions",
    r"\(\?:|\.\*": "patterns",
    r"(offset points|axes fraction|(outside )?(upper|lower) (left|center))$": "places that matplotlib knows",
    r"\0, line \0: $": "a place in the program, for its authors",
}
"""Beginnings of texts that are no sentences for people, and why."""

COMPOSED = {
    "node '\0': ": "node '3': there is no value",
    "\0a unit needs a code": "node '3': a unit needs a code",
    "\0another unit has this code": "node '3': another unit has this code",
    "\0another unit has this code: '\0'": "node '3': another unit has this code: '4'",
    "\0plan \0 under '\0'": "Kempen: plan 2 under 'mergers'",
    "\0, sheet '\0: it holds a formula": "plan.xlsx, sheet 'Mergers', cell B3: it holds a formula",
    "\0', cell \0": "plan.xlsx, sheet 'Mergers', cell B3: it holds a formula",
    "\0.to_vintage says nothing without \0.from_vintage": (
        "existing.to_vintage says nothing without existing.from_vintage"
    ),
    "\0.\0 must be \0": "existing.header_row must be a whole number",
    "a search knows no bound on the \0": "a search knows no bound on the number of mergers",
    "zones and mergers together know no bound on the \0": (
        "zones and mergers together know no bound on the number of enclosed mergers"
    ),
    "; points are weight x value": "cut_edges: a sum, divided by nothing; points are weight x value",
    "; \0 rows with codes outside the instance left out": (
        "read from a.csv; 3 rows with codes outside the instance left out"
    ),
}
"""Texts that only stand in larger ones, each with one of these."""

KINDS = {*get_args(ReasonKind), *get_args(LockPriceStatus)}
"""Words for kinds of answers, which the page has texts of its own for."""

PROGRAMMERS = {"AssertionError", "AttributeError", "NotImplementedError", "TypeError"}
"""Errors that no user causes."""

_CODE = re.compile(r"[a-z_\0]+\.[a-z_\0]+|refzones instance .*FOLDER|pip install .*|--[a-z-]+")


def _shapes(node: ast.expr) -> list[str]:
    """Texts that an expression can be, with holes for what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            return [re.sub(r"\{\w+\}", HOLE, text)]
        case ast.JoinedStr(values=values):
            return ["".join(parts) for parts in product(*map(_shapes, values))]
        case ast.FormattedValue(value=value):
            return _shapes(value)
        case ast.IfExp(body=body, orelse=orelse):
            return _shapes(body) + _shapes(orelse)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return ["".join(parts) for parts in product(_shapes(left), _shapes(right))]
    return [HOLE]


def _texts(node: ast.AST, docstrings: frozenset[int]) -> Iterator[tuple[int, str]]:
    if id(node) in docstrings or isinstance(node, ast.Assert):
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PROGRAMMERS:
        return
    if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp):
        yield from ((node.lineno, text) for text in _shapes(node))
    for child in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            yield from _texts(child, docstrings)


def sentences(source: str, *, said: bool = False) -> list[tuple[int, str]]:
    """Texts of a source that hold words, with the lines where they stand; perhaps of calls alone."""
    tree = ast.parse(source)
    if said:
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) in SAYING]
        tree = ast.Module([ast.Expr(ast.Tuple(call.args)) for call in calls], [])
    docstrings = frozenset(
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )
    found = dict.fromkeys((line, text) for line, text in _texts(tree, docstrings) if _holds_words(text))
    return [
        (line, text)
        for line, text in found
        if text not in KINDS and not any(re.match(kind, text) for kind in NO_SENTENCES)
    ]


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _holds_words(text: str) -> bool:
    plain = text.replace(HOLE, "X")
    return bool(re.search(r"[a-z]{2,} [a-zX]|X [a-z]{2,}|^[a-z]{3,} ", plain))


def has_dutch(text: str) -> bool:
    """Whether a text, or the part of one, is that of a template."""
    if text in COMPOSED:
        return in_dutch(COMPOSED[text]) is not None
    pattern = re.compile(".*?".join(map(re.escape, text.split(HOLE))), re.DOTALL)
    if any(pattern.search(SLOT.sub(HOLE, template.english)) for template in _templates()):
        return True
    if any(
        _is_most_of(template, text) and _as_pattern(template).fullmatch(text) for template in _templates()
    ):
        return True
    return any(
        all(half == HOLE or _CODE.fullmatch(half) or has_dutch(half) for half in text.split(between, 1))
        for between in (": ", "; ", "\n")
        if between in text
    )


def _is_most_of(template: Template, text: str) -> bool:
    """Whether the words of a template are most of the letters of a text, names of keys aside."""
    return _letters(template.english) >= 0.6 * _letters(_CODE.sub("", text))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, _CODE.sub("", SLOT.sub("", text))))


@cache
def _templates() -> tuple[Template, ...]:
    return tuple(one for table in tables().values() for some in table.values() for one in some)


@cache
def _as_pattern(template: Template) -> re.Pattern[str]:
    return re.compile(".+".join(map(re.escape, template.words)), re.DOTALL)


def _modules() -> list[str]:
    inside = [str(path.relative_to(TOP)) for room in ROOMS for path in sorted((TOP / room).glob("*.py"))]
    return [name for name in (*inside, *MODULES) if name not in NOT_MET]


@pytest.mark.parametrize("module", _modules())
def test_every_sentence_has_its_dutch(module: str) -> None:
    """A sentence that is new goes into a table of `app/dutch/messages/`, with its Dutch."""
    assert lacking(module) == []


@pytest.mark.parametrize(
    "module", [str(path.relative_to(TOP)) for room in SERVER for path in sorted((TOP / room).glob("*.py"))]
)
def test_what_the_server_says_has_its_dutch(module: str) -> None:
    assert lacking(module, said=True) == []


def lacking(module: str, *, said: bool = False) -> list[str]:
    """List the sentences of a module that have no Dutch."""
    told = sentences((TOP / module).read_text("utf-8"), said=said)
    return [f"{module}:{line}: {text!r}" for line, text in told if not has_dutch(text)]


def test_exceptions_are_there() -> None:
    assert [name for name in NOT_MET if not (TOP / name).is_file()] == []


def test_a_new_sentence_is_found() -> None:
    source = (
        'def f(n):\n    """Say it."""\n    reject(f"the moon has {n} mergers" + (" too many" if n else ""))\n'
    )
    assert [text for _, text in sentences(source)] == [
        "the moon has \0 mergers too many",
        "the moon has \0 mergers",
        " too many",
    ]
    assert not has_dutch("the moon has \0 mergers too many")


def test_a_changed_word_is_found() -> None:
    assert has_dutch("\0 are locked together but are not in one merger")
    assert not has_dutch("\0 are locked together but are not in any merger")
