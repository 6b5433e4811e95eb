from __future__ import annotations

from store.bridge import Terms


def test_a_library_without_terms_has_no_meaning_for_anything() -> None:
    assert Terms({}, {}).meaning("火车") == ()
