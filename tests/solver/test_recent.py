from __future__ import annotations

from refzones.solver.recent import Recent


def test_what_was_used_least_recently_is_forgotten() -> None:
    recent = Recent[str, int](2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert [recent.get(key) for key in "abc"] == [1, None, 3]
    assert len(recent) == recent.total == 2


def test_sizes_are_summed() -> None:
    recent = Recent[str, str](5, len)
    recent.put("a", "xxx")
    recent.put("b", "xx")
    assert recent.total == 5
    recent.put("a", "x")  # in place of the other
    assert (recent.total, len(recent)) == (3, 2)
    recent.put("c", "xxx")
    assert [recent.get(key) for key in "abc"] == ["x", None, "xxx"]


def test_the_latest_stays_however_large() -> None:
    recent = Recent[str, str](2, len)
    recent.put("a", "xx")
    recent.put("b", "xxxxx")
    assert [recent.get(key) for key in "ab"] == [None, "xxxxx"]
    recent.clear()
    assert (len(recent), recent.total, recent.get("b")) == (0, 0, None)
