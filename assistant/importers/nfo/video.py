"""What an element of a ``.nfo`` file says of its video, and of what was done with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple
from urllib.parse import quote
from xml.etree.ElementTree import Element

from assistant.importers import fields
from assistant.importers.languages import language_code
from assistant.importers.links import YOUTUBE_ID, youtube_link
from assistant.importers.prose import plain_text
from assistant.importers.ratings.records import imdb_id
from assistant.types import Interaction, Kind, Signal

_KINDS = {
    "movie": Kind.FILM,
    "tvshow": Kind.SERIES,
    "episodedetails": Kind.EPISODE,
    "musicvideo": Kind.MUSIC,
}
_THERE = {"movie": "movie", "tvshow": "tv"}
"""What the Movie Database has of its own pages for."""
_MOST_ACTORS = 20
_BEST = 10
"""Of the ratings; 0 is none."""
_MAX_SLUG = 300
_LINKED_IMDB = re.compile(r"tt\d{1,10}")


class Named(NamedTuple):
    """A video's id, and where it leads."""

    id: str
    link: str | None = None


def fields_of(element: Element, show: str = "") -> dict[str, object]:
    """The fields of the video.

    Args:
        element: one of those that `nfo.xml` finds.
        show: the title of the series, where an episode does not name it.
    """
    show = _text(element, "showtitle") or show
    title = _text(element, "title") or _place(element, show)
    released = _released(element)
    genres = [part for genre in _texts(element, "genre") for part in re.split(r"\s*/\s*", genre)]
    named = _named(element, show, title)
    is_episode = element.tag == "episodedetails"
    return {
        "id": named.id,
        "title": title,
        "other_titles": tuple({_text(element, "originaltitle")} - {title, ""}),
        "description": plain_text(_raw(element, "plot") or _raw(element, "outline")),
        "tags": fields.names(genres, _texts(element, "tag"), _texts(element, "style")),
        "channel": (show if is_episode else "") or _text(element, "studio") or None,
        "people": _people(element),
        "kind": _kind(element, named, genres),
        "language": language_code(_text(element, "fileinfo/streamdetails/audio/language")),
        "year": _year(element) or (released and released.year),
        "published": released,
        "duration_s": _duration(element),
        "url": named.link,
    }


def signals_of(element: Element, video_id: str) -> Iterator[Interaction]:
    """That it was watched, rated, made a favourite.

    The moment is when it was played last; where that is not said, when it was added, and else when
    it was released, so that it is the same at every import and counts as long ago.
    """
    at = _moment(element)
    if _number(element, "playcount") or _text(element, "watched").casefold() == "true":
        yield Interaction(video_id=video_id, signal=Signal.WATCHED, at=at)
    stars = _number(element, "userrating")
    if 0 < stars <= _BEST:
        yield Interaction(video_id=video_id, signal=Signal.RATED, at=at, rating=stars * 5 / _BEST)
    if _text(element, "isuserfavorite").casefold() == "true":
        yield Interaction(video_id=video_id, signal=Signal.LIKED, at=at)


def _raw(element: Element, path: str) -> str:
    """The text of the last of several, as Jellyfin reads them."""
    found = [child.text for child in element.findall(path) if child.text and child.text.strip()]
    return found[-1] if found else ""


def _text(element: Element, path: str) -> str:
    return fields.text(_raw(element, path))


def _texts(element: Element, path: str) -> list[str]:
    return [child.text or "" for child in element.findall(path)[: fields.MAX_LOOKED_AT]]


def _number(element: Element, path: str) -> float:
    text = _text(element, path)
    return float(text) if re.fullmatch(r"\d{1,4}(?:\.\d{1,3})?", text) else 0.0


def _place(element: Element, show: str) -> str:
    """``Show S01E02``, for an episode without a title of its own."""
    season, episode = _number(element, "season"), _number(element, "episode")
    is_told = show and element.tag == "episodedetails" and episode
    return f"{show} S{season:02.0f}E{episode:02.0f}" if is_told else ""


def _named(element: Element, show: str, title: str) -> Named:
    """The id of the largest catalogue that is named, else one made of the title."""
    ids = _ids(element)
    kind = _THERE.get(element.tag, element.tag.removesuffix("details"))
    if (key := ids.get("youtube", "")) and YOUTUBE_ID.fullmatch(key):
        return Named(f"youtube:{key}", youtube_link(key))
    if (imdb := ids.get("imdb", "")) and (video_id := imdb_id(imdb)):
        return Named(video_id, f"https://www.imdb.com/title/{video_id.removeprefix('imdb:')}/")
    if (key := ids.get("tmdb", "")).isdecimal() and key.isascii():
        page = f"https://www.themoviedb.org/{kind}/{key}" if element.tag in _THERE else None
        return Named(f"tmdb:{kind}-{key}", page)
    if (key := ids.get("tvdb", "")).isdecimal() and key.isascii():
        return Named(f"tvdb:{kind}-{key}")
    return Named(_own_id(element, show, title))


def _own_id(element: Element, show: str, title: str) -> str:
    name, year = title, _year(element)
    if element.tag == "episodedetails":
        place = _place(element, show)
        name, year = title if title == place else f"{place} {title}", None
    elif element.tag == "musicvideo":
        name = f"{_text(element, 'artist')} {title}"
    words = "-".join(re.findall(r"\w+", name.casefold())) or quote(name) or "-"
    return f"nfo:{words[:_MAX_SLUG]}" + (f"-{year}" if year else "")


def _ids(element: Element) -> dict[str, str]:
    """The ids that are given, by the catalogue; the last counts."""
    given = {}
    for catalogue in ("imdb", "tmdb", "tvdb"):
        if key := _text(element, f"{catalogue}id"):
            given[catalogue] = key
    linked = _text(element, "id")
    if element.tag == "movie" and _LINKED_IMDB.fullmatch(linked):
        given["imdb"] = linked
    for unique in element.findall("uniqueid")[: fields.MAX_LOOKED_AT]:
        if key := fields.text(unique.text):
            given[fields.text(unique.get("type")).casefold()] = key
    return given


def _kind(element: Element, named: Named, genres: list[str]) -> Kind:
    if element.tag == "movie":
        if named.id.startswith("youtube:"):
            return Kind.VIDEO
        if "documentary" in map(str.casefold, genres):
            return Kind.DOCUMENTARY
    return _KINDS[element.tag]


def _people(element: Element) -> tuple[str, ...]:
    made = [_texts(element, role) for role in ("director", "credits", "writer", "artist")]
    return fields.names(*made, _texts(element, "actor/name")[:_MOST_ACTORS])


def _year(element: Element) -> int | None:
    return fields.year(int(_number(element, "year")))


def _released(element: Element) -> date | None:
    days = (fields.day(_text(element, name)) for name in ("premiered", "releasedate", "aired"))
    return next(filter(None, days), None)


def _duration(element: Element) -> int | None:
    """Of the file itself, else what is said of the work, in minutes."""
    exact = _text(element, "fileinfo/streamdetails/video/durationinseconds")
    if re.fullmatch(r"\d{1,8}", exact) and (found := fields.seconds(int(exact))):
        return found
    minutes = re.fullmatch(r"(\d{1,5})(?:\s*min\w*\.?)?", _text(element, "runtime"))
    return fields.seconds(60 * int(minutes[1])) if minutes else None


def _moment(element: Element) -> datetime:
    for name in ("lastplayed", "dateadded"):
        try:
            at = datetime.fromisoformat(_text(element, name))
            at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        if 1970 <= at.year <= fields.LAST_YEAR:
            return at.replace(microsecond=0)
    day = _released(element) or date(_year(element) or 1970, 1, 1)
    return datetime(max(day.year, 1970), day.month, day.day, tzinfo=UTC)
