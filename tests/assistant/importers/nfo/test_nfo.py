from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ImportSourceError
from assistant.importers import Record, recognise
from assistant.importers.nfo import NfoImporter
from assistant.types import Interaction, Kind
from tests.assistant.importers.sources import interactions, skipped, videos, write_zip

MOVIE = """<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>
<movie>
  <title>重庆森林</title><originaltitle>Chungking Express</originaltitle>
  <ratings><rating default="true" name="IMDb"><value>8.0</value><votes>99</votes></rating></ratings>
  <userrating>9</userrating><year>1994</year><premiered>1994-07-14</premiered>
  <outline>Short.</outline><plot>Two policemen &amp; two women.</plot><runtime>102</runtime>
  <playcount>1</playcount><lastplayed>2017-09-06 12:44:12</lastplayed><watched>false</watched>
  <genre>Drama</genre><genre>Romance / Crime</genre><tag>Hong Kong</tag>
  <director>Wong Kar-wai</director><credits>Wong Kar-wai</credits>
  <actor><name>Faye Wong</name><role>Faye</role></actor><actor><name>Tony Leung</name></actor>
  <studio>Jet Tone</studio><uniqueid type="tmdb" default="true">11104</uniqueid>
  <uniqueid type="imdb">tt0109424</uniqueid>
  <fileinfo><streamdetails><video><durationinseconds>6130</durationinseconds></video>
  <audio><language>chi</language></audio></streamdetails></fileinfo>
  <trailer>plugin://plugin.video.youtube/?action=play_video&amp;videoid=dQw4w9WgXcQ</trailer>
</movie>
"""
EPISODE = """<episodedetails><title>{title}</title><showtitle>{show}</showtitle>
<season>1</season><episode>{number}</episode><aired>2008-01-2{number}</aired></episodedetails>
"""


NOTHING = "tells of no film, series, episode or music video"


def nfo(folder: Path, text: str, name: str = "x.nfo", encoding: str = "utf-8") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


def read(path: Path) -> list[Record]:
    importer = recognise(path)
    assert isinstance(importer, NfoImporter)
    return list(importer.read(path))


def told(signal: Interaction) -> str:
    rating = f" {signal.rating}" if signal.rating is not None else ""
    return f"{signal.signal} {signal.at:%Y-%m-%d %H:%M}{rating}"


def test_a_film_is_read_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    records = read(nfo(tmp_path, MOVIE))
    [film] = videos(records)
    assert film.model_dump(exclude_defaults=True, mode="json") == {
        "id": "imdb:tt0109424",
        "title": "重庆森林",
        "other_titles": ["Chungking Express"],
        "description": "Two policemen & two women.",
        "tags": ["Drama", "Romance", "Crime", "Hong Kong"],
        "channel": "Jet Tone",
        "people": ["Wong Kar-wai", "Faye Wong", "Tony Leung"],
        "kind": "film",
        "language": "zh",
        "year": 1994,
        "published": "1994-07-14",
        "duration_s": 6130,
        "url": "https://www.imdb.com/title/tt0109424/",
    }
    assert list(map(told, interactions(records))) == [
        "watched 2017-09-06 12:44",
        "rated 2017-09-06 12:44 4.5",
    ]


@pytest.mark.parametrize(
    ("given", "video_id", "url"),
    [
        ("<id>tt0109424</id>", "imdb:tt0109424", "https://www.imdb.com/title/tt0109424/"),
        ("<imdbid>109424</imdbid>", "imdb:tt0109424", "https://www.imdb.com/title/tt0109424/"),
        ("<tmdbid>603</tmdbid>", "tmdb:movie-603", "https://www.themoviedb.org/movie/603"),
        ('<uniqueid type="tvdb">7</uniqueid>', "tvdb:movie-7", None),
        (
            '<uniqueid type="youtube">dQw4w9WgXcQ</uniqueid>',
            "youtube:dQw4w9WgXcQ",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        ("<id>603</id>", "nfo:the-matrix-1999", None),
        ("<tmdbid>../603</tmdbid><imdbid>x</imdbid>", "nfo:the-matrix-1999", None),
    ],
)
def test_ids(tmp_path: Path, given: str, video_id: str, url: str | None) -> None:
    text = f"<movie><title>The Matrix</title><year>1999</year>{given}</movie>"
    [film] = videos(read(nfo(tmp_path, text)))
    assert (film.id, film.url) == (video_id, url)


@pytest.mark.parametrize(
    ("given", "signals"),
    [
        ("<playcount>2</playcount><dateadded>2020-01-02 03:04:05</dateadded>",
         ["watched 2020-01-02 03:04"]),
        ("<watched>true</watched><lastplayed>1601-01-01</lastplayed>"
         "<premiered>1999-03-31</premiered>", ["watched 1999-03-31 00:00"]),
        ("<watched>true</watched><year>1927</year>", ["watched 1970-01-01 00:00"]),
        ("<playcount>0</playcount><watched>false</watched><userrating>0</userrating>", []),
        ("<userrating>11</userrating><playcount>-1</playcount><rating>9</rating>", []),
        ("<isuserfavorite>true</isuserfavorite><year>2001</year>", ["liked 2001-01-01 00:00"]),
    ],
)  # fmt: skip
def test_what_was_done_with_it(tmp_path: Path, given: str, signals: list[str]) -> None:
    records = read(nfo(tmp_path, f"<movie><title>x</title>{given}</movie>"))
    assert list(map(told, interactions(records))) == signals


@pytest.mark.parametrize(
    ("runtime", "seconds"), [("88", 5280), ("88 min", 5280), ("1h 28", None), ("0", None)]
)
def test_runtimes_are_minutes(tmp_path: Path, runtime: str, seconds: int | None) -> None:
    text = f"<movie><title>x</title><runtime>{runtime}</runtime></movie>"
    assert videos(read(nfo(tmp_path, text)))[0].duration_s == seconds


def test_the_last_of_several_counts_and_lists_are_whole(tmp_path: Path) -> None:
    text = "<movie><title>One</title><title>Two</title><genre>A</genre><genre>B</genre></movie>"
    [film] = videos(read(nfo(tmp_path, text)))
    assert (film.title, film.tags) == ("Two", ("A", "B"))


def test_kinds(tmp_path: Path) -> None:
    nfo(tmp_path, "<movie><title>a</title><genre>Documentary</genre></movie>", "a.nfo")
    nfo(tmp_path, "<musicvideo><title>b</title><artist>Ada</artist></musicvideo>", "b.nfo")
    nfo(tmp_path, "<tvshow><title>c</title></tvshow>", "c.nfo")
    found = {one.id: one.kind for one in videos(read(tmp_path))}
    assert found == {"nfo:a": Kind.DOCUMENTARY, "nfo:ada-b": Kind.MUSIC, "nfo:c": Kind.SERIES}


# --- series ------------------------------------------------------------------------------------


def test_episodes_have_their_series_for_a_channel(tmp_path: Path) -> None:
    show = tmp_path / "A Show"
    nfo(show, "<tvshow><title>A Show</title><tvdbid>5</tvdbid></tvshow>", "tvshow.nfo")
    nfo(show, "<season><title>Season 1</title></season>", "season.nfo")
    both = EPISODE.format(title="One", show="", number=1) + EPISODE.format(
        title="", show="", number=2
    )
    nfo(show / "Season 1", both, "s01e01-02.nfo")
    records = read(tmp_path)
    assert [(one.id, one.title, one.channel, one.kind) for one in videos(records)] == [
        ("tvdb:tv-5", "A Show", None, Kind.SERIES),
        ("nfo:a-show-s01e01-one", "One", "A Show", Kind.EPISODE),
        ("nfo:a-show-s01e02", "A Show S01E02", "A Show", Kind.EPISODE),
    ]
    assert skipped(records) == {"A Show/season.nfo": NOTHING}


def test_the_library_of_kodi_in_one_file(tmp_path: Path) -> None:
    episodes = "".join(EPISODE.format(title=f"E{n}", show="", number=n) for n in (1, 2))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><videodb><version>1</version>'
        + MOVIE.split("?>\n")[1]
        + f"<tvshow><title>A Show</title>{episodes}</tvshow><movie><title>Two</title></movie>"
        + "<paths><path><url>smb://x</url></path></paths></videodb>"
    )
    path = nfo(tmp_path / "kodi_videodb_2026", text, "videodb.xml")
    found = [(one.id, one.channel) for one in videos(read(path))]
    assert found == [
        ("imdb:tt0109424", "Jet Tone"),
        ("nfo:a-show", None),
        ("nfo:a-show-s01e01-e1", "A Show"),
        ("nfo:a-show-s01e02-e2", "A Show"),
        ("nfo:two", None),
    ]
    assert [(one.id, one.channel) for one in videos(read(path.parent))] == found


def test_a_large_library_is_read_piece_by_piece(tmp_path: Path) -> None:
    films = (f"<movie><title>Film {n}</title><plot>{'x' * 900}</plot></movie>" for n in range(500))
    path = nfo(tmp_path, f"<videodb>{''.join(films)}</videodb>", "videodb.xml")
    assert [one.title for one in videos(read(path))] == [f"Film {n}" for n in range(500)]


# --- what is not as it should be ---------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = MOVIE.replace('"UTF-8"', f'"{encoding}"')
    assert videos(read(nfo(tmp_path, text, encoding=encoding)))[0].title == "重庆森林"


def test_an_encoding_that_is_not_told(tmp_path: Path) -> None:
    path = nfo(tmp_path, "<movie><title>Amélie</title></movie>", encoding="cp1252")
    assert videos(read(path))[0].title == "Amélie"


def test_what_stands_around_and_within_is_borne(tmp_path: Path) -> None:
    text = (
        "█ SCENE ART & more <3\n<movie>\x01<title>Tom & Jerry \x1b[2J</title>"
        "<plot>A&nbsp;cat &lt;b&gt;chases&lt;/b&gt; \x0b&eacute;</plot></movie>\n"
        "https://www.imdb.com/title/tt0109424/"
    )
    [film] = videos(read(nfo(tmp_path, text)))
    assert (film.title, film.description) == ("Tom & Jerry", "A cat chases é")


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    nfo(
        tmp_path,
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        "<movie><title>&l9;&f;</title><plot>&f;</plot></movie>",
    )
    [film] = videos(read(tmp_path))
    assert (film.title, film.description) == ("&l9;&f;", "&f;")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<movie><title>x</movie>", "is not XML (mismatched tag: line 1, column 17)"),
        ("<movie><title>x</title>", "is cut off: an element has no end"),
        ("<movie></movie>", "title: is empty"),
        ("<movie/>", NOTHING),
        ("https://www.imdb.com/title/tt0109424/", NOTHING),
        ("", NOTHING),
        ("<movie><!DOCTYPE x []><title>x</title></movie>",
         "is not XML (not well-formed (invalid token): line 1, column 9)"),
    ],
)  # fmt: skip
def test_a_broken_file_has_a_reason(tmp_path: Path, text: str, reason: str) -> None:
    nfo(tmp_path, "<movie><title>Good</title></movie>", "good.nfo")
    nfo(tmp_path, text, "bad.nfo")
    records = read(tmp_path)
    assert [one.title for one in videos(records)] == ["Good"]
    assert skipped(records) == {"bad.nfo": reason}


@pytest.mark.parametrize(
    "inside",
    [
        "<a>" * 100_000,
        "<a>" * 100_000 + "</a>" * 100_000,
        "<actor><name>x</name></actor>" * 20_000,
        "<genre>x</genre>" * 20_000,
        f"<plot>{'`a <' * 500_000}</plot>",
        "<movie " * 100_000,
        " " * (9 * 2**20),
    ],
    ids=["open", "deep", "actors", "genres", "plot", "beginnings", "long"],
)
def test_a_hostile_file_ends(tmp_path: Path, inside: str) -> None:
    nfo(tmp_path, "<movie><title>Good</title></movie>", "a.nfo")
    nfo(tmp_path, f"<movie><title>x</title>{inside}</movie>", "b.nfo")
    records = read(tmp_path)
    assert videos(records)[0].title == "Good"
    assert all(len(one.tags) <= 100 and len(one.people) <= 100 for one in videos(records))


def test_a_zip_of_them_and_a_bomb(tmp_path: Path) -> None:
    members = {"a/x.nfo": MOVIE.encode(), "b/x.nfo": b"<movie>" + bytes(80 * 2**20)}
    records = read(write_zip(tmp_path / "x.zip", members))
    assert [one.id for one in videos(records)] == ["imdb:tt0109424"]
    assert list(skipped(records).values()) == ["says more than 8 MB of one video"]


def test_the_same_film_beside_another_copy(tmp_path: Path) -> None:
    nfo(tmp_path / "a", MOVIE)
    nfo(tmp_path / "b", MOVIE)
    records = read(tmp_path)
    assert len(videos(records)) == 1
    assert skipped(records) == {"b/x.nfo (as a/x.nfo)": "the same video again"}


def test_other_nfo_files_are_not_known(tmp_path: Path) -> None:
    nfo(tmp_path, "A scene release", "release.nfo")
    nfo(tmp_path, "<movie><title>x</title></movie>", "notes.txt")
    for path in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(ImportSourceError):
            recognise(path)
