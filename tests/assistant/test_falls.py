from __future__ import annotations

from assistant.falls import A_FEW, MANY_TIMES, Fall, Source, SourceKind, strongest


def fall(places: int, loss: float = 0.1, *, at_least: bool = False) -> Fall:
    return Fall(Source(SourceKind.WORDS, str(places)), places, loss, at_least=at_least)


def test_the_strongest_are_the_farthest() -> None:
    falls = [fall(9), fall(4), fall(2), fall(1)]
    assert strongest(falls, 3) == tuple(falls[:3])


def test_what_moved_nothing_is_not_among_them() -> None:
    assert strongest([fall(1), fall(0, 0.0)], 3) == (fall(1),)
    assert strongest([fall(1), fall(0, 0.2)], 3) == (fall(1), fall(0, 0.2))


def test_what_may_come_after_a_limit_is_not_given() -> None:
    limit = fall(2, 0.0, at_least=True)
    most = MANY_TIMES * 2 + A_FEW
    assert limit.most_places == most
    assert strongest([fall(most + 2), fall(most + 1), fall(most), limit], 3) == (
        fall(most + 2),
        fall(most + 1),
    )
    assert strongest([fall(most + 3), fall(most + 2), fall(most + 1), limit], 3) == (
        fall(most + 3),
        fall(most + 2),
        fall(most + 1),
    )


def test_a_limit_that_is_far_enough_is_one_itself() -> None:
    limit = fall(5, 0.0, at_least=True)
    assert strongest([fall(9), limit, fall(3), fall(1)], 3) == (fall(9), limit, fall(3))
