from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import StoreError
from assistant.types import Intent, Interaction, Kind, Part, Pick, Request, Signal, Turn, Video
from store.library import Library

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
SPIRITED = Video(
    id="test:1", title="Spirited Away", other_titles=("千与千寻", "Le Voyage"), kind=Kind.FILM
)
AMELIE = Video(id="test:2", title="Amélie", kind=Kind.FILM)


def pick(video: Video, sentence: str = "") -> Pick:
    return Pick(
        video=video, rank=1, score=0.5, parts={Part.REQUEST: 0.5}, cluster="x", sentence=sentence
    )


def turn(
    message: str,
    *videos: Video,
    intent: Intent = Intent.RECOMMEND,
    language: str = "en",
    answer: str = "",
) -> Turn:
    request = Request(message=message, intent=intent, language=language)
    picks = tuple(pick(video, "Because of “Totoro”.") for video in videos)
    return Turn(message=message, request=request, picks=picks, answer=answer, timings={"rank": 0.1})


def held(library: Library, *turns: Turn, hours: int = 0) -> str:
    session = library.start_session()
    for number, one in enumerate(turns):
        library.add_turn(session, one, NOON + timedelta(hours=hours, minutes=number))
    return session


def found(library: Library, words: str = "") -> list[str]:
    return [row.id for row in library.find_sessions(words)]


def test_turns_come_back_as_they_were(library: Library) -> None:
    turns = [turn("something short"), turn("更多", SPIRITED, language="zh")]
    first, second = held(library, *turns), library.start_session()
    assert first != second
    assert library.turns(first) == turns
    assert library.turns(second) == library.turns("nothing") == []


def test_a_turn_of_no_session_is_refused(library: Library) -> None:
    with pytest.raises(StoreError, match="no such session"):
        library.add_turn("nothing", turn("x"))


def test_the_last_turns_page_by_page(library: Library) -> None:
    session = held(library, *(turn(f"{number}", SPIRITED) for number in range(7)))
    held(library, turn("of another one", AMELIE))
    last = library.last_turns(session, 3)
    assert [kept.turn.message for kept in last] == ["4", "5", "6"]
    assert [kept.at for kept in last] == [NOON + timedelta(minutes=minute) for minute in (4, 5, 6)]
    earlier = library.last_turns(session, 3, before=last[0].row)
    assert [kept.turn.message for kept in earlier] == ["1", "2", "3"]
    first = library.last_turns(session, 3, before=earlier[0].row)
    assert [kept.turn.message for kept in first] == ["0"]
    assert library.last_turns(session, 3, before=first[0].row) == []


def test_what_was_shown_comes_once_and_in_order(library: Library) -> None:
    session = held(
        library, turn("a", AMELIE, SPIRITED), turn("b", SPIRITED), turn("c", answer="Nothing.")
    )
    assert library.shown_in(session) == ("test:2", "test:1")
    rows = [kept.row for kept in library.last_turns(session)]
    assert library.shown_in(session, before=rows[0]) == ()
    assert library.shown_in("nothing") == ()


# --- the list -------------------------------------------------------------------------------------


def test_a_session_is_listed_with_what_it_holds(library: Library) -> None:
    session = held(library, turn("a film", SPIRITED, AMELIE), turn("another", language="de"))
    row = library.session(session)
    assert row is not None
    assert (row.title, row.name, row.language) == ("a film", None, "en")
    assert (row.turns, row.liked) == (2, 0)
    assert row.last_at == NOON + timedelta(minutes=1)
    assert row.started_at.tzinfo == UTC
    assert library.session("nothing") is None


def test_the_session_with_the_newest_turn_comes_first(library: Library) -> None:
    old, new = held(library, turn("old"), hours=1), held(library, turn("new"), hours=2)
    assert found(library) == [new, old]
    library.add_turn(old, turn("again"), NOON + timedelta(hours=3))
    assert found(library) == [old, new]
    assert [row.id for row in library.find_sessions(limit=1, offset=1)] == [new]


def test_a_session_in_which_nothing_was_asked_is_not_found(library: Library) -> None:
    empty = library.start_session()
    assert found(library) == []
    assert library.session_count() == 0
    assert library.session_ids(empty[:4]) == []
    [row] = library.sessions()
    assert (row.id, row.title, row.turns, row.last_at) == (empty, "", 0, row.started_at)


def test_a_session_goes_by_its_first_request(library: Library) -> None:
    greeted = held(
        library,
        turn("hi there", intent=Intent.CHAT),
        turn("/help", intent=Intent.RECOMMEND),
        turn("what can you do?", intent=Intent.HELP),
        turn("eine Komödie", language="de"),
    )
    only_greeted = held(library, turn("hello", intent=Intent.CHAT))
    rows = {row.id: row for row in library.sessions()}
    assert (rows[greeted].title, rows[greeted].language) == ("eine Komödie", "de")
    assert rows[only_greeted].title == "hello"


def test_likes_count_since_the_session_began(library: Library) -> None:
    session = held(library, turn("a film", SPIRITED, AMELIE))
    now = datetime.now(UTC)
    for video_id, signal, at in (
        ("test:1", Signal.LIKED, now),
        ("test:1", Signal.LIKED, now + timedelta(minutes=1)),
        ("test:2", Signal.LIKED, now - timedelta(days=1)),
        ("test:2", Signal.WATCHED, now),
        ("test:3", Signal.LIKED, now),
    ):
        library.add_interaction(Interaction(video_id=video_id, signal=signal, at=at))
    [row] = library.find_sessions()
    assert (row.id, row.liked) == (session, 1)


# --- the search -----------------------------------------------------------------------------------


def test_sessions_are_found_by_messages_answers_and_titles(library: Library) -> None:
    spirits = held(library, turn("something with spirits", SPIRITED), turn("and trains"))
    paris = held(library, turn("a film in Paris", AMELIE, answer="The café is real."), hours=1)
    for words, expected in (
        ("spirits", [spirits]),
        ("TRAINS spirit", [spirits]),  # of two turns, and the beginning of a word
        ("trains paris", []),
        ("amelie", [paris]),
        ("AMÉLIE cafe", [paris]),
        ("千寻", [spirits]),
        ("千与千寻", [spirits]),
        ("totoro", [paris, spirits]),
        ("le voyage", [spirits]),
        ("100%", []),
        ("!?", [paris, spirits]),
    ):
        assert found(library, words) == expected, words


def test_sessions_are_found_by_the_title_that_was_given(library: Library) -> None:
    session = held(library, turn("something warm"))
    library.rename_session(session, "周末电影 with Ümit")
    assert found(library, "电影") == found(library, "umit warm") == [session]
    library.rename_session(session, None)
    assert found(library, "电影") == []


# --- a title, and the end -------------------------------------------------------------------------


def test_a_title_that_is_given_and_taken_away(library: Library) -> None:
    session = held(library, turn("something warm"))
    for given, title in (("Film night", "Film night"), (None, "something warm"), ("", None)):
        library.rename_session(session, given)
        row = library.session(session)
        assert row is not None
        assert (row.name, row.title) == (given or None, title or "something warm")
    with pytest.raises(StoreError, match="no such session"):
        library.rename_session("nothing", "x")


def test_a_session_is_removed_with_its_turns(library: Library) -> None:
    gone, kept = held(library, turn("gone", SPIRITED)), held(library, turn("kept"))
    library.remove_session(gone)
    assert found(library) == [kept]
    assert library.turns(gone) == []
    [(turns,)] = library._connection.execute("SELECT count(*) FROM turns").fetchall()
    assert turns == 1
    with pytest.raises(StoreError, match="no such session"):
        library.remove_session(gone)


def test_ids_by_their_beginning(library: Library) -> None:
    session = held(library, turn("x"))
    assert library.session_ids(session[:5]) == [session]
    assert library.session_ids("%") == library.session_ids("no") == []
