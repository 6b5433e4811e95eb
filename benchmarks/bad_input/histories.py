"""Ordinary records of other people's histories and libraries, and the files that they stand in."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence

from benchmarks.bad_input.texts import ordinary

Json = dict[str, object]

TAKEOUT = "Takeout/YouTube and YouTube Music"
LETTERBOXD = (
    "diary.csv", "reviews.csv", "watched.csv", "ratings.csv", "likes/films.csv", "watchlist.csv",
)  # fmt: skip


def watched(draw: random.Random, number: int) -> Json:
    """An entry of a watch history."""
    entry: Json = {
        "header": draw.choice(("YouTube", "YouTube Music")),
        "title": f"Watched {ordinary(draw)}",
        "titleUrl": f"https://www.youtube.com/watch?v=a{number:010}",
        "subtitles": [{"name": "A channel", "url": "https://www.youtube.com/channel/UC1"}],
        "time": "2021-12-03T15:02:58.289Z",
        "products": ["YouTube"],
    }
    return entry | ({"details": [{"name": "From Google Ads"}]} if draw.random() < 0.1 else {})


def page(entries: Sequence[Json]) -> bytes:
    """A watch history as a page; nothing in it is escaped."""
    cells = (
        '<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell">'
        f'<p class="mdl-typography--title">{entry.get("header")}<br></p></div>'
        '<div class="content-cell mdl-cell--6-col mdl-typography--body-1">Watched '
        f'<a href="{entry.get("titleUrl")}">{entry.get("title")}</a><br>'
        f'<a href="https://www.youtube.com/channel/UC1">{entry.get("subtitles")}</a><br>'
        f"{entry.get('time')}<br>Dec 3, 2021, 3:02:58 PM UTC<br></div></div></div>"
        for entry in entries
    )
    return f"<html><body>{''.join(cells)}</body></html>".encode("utf-8", "surrogatepass")


def listed(draw: random.Random, number: int) -> Json:
    """A row of a playlist."""
    moment = draw.choice(("2023-12-07T15:57:57+00:00", "2021-03-01 17:45:59 UTC"))
    return {"Video ID": f"a{number:010}", "Playlist Video Creation Timestamp": moment}


def film(draw: random.Random, number: int) -> Json:
    """A row of Letterboxd's reviews, which have all that its tables have."""
    return {
        "Date": "2024-05-31",
        "Name": ordinary(draw),
        "Year": str(1930 + number % 90),
        "Letterboxd URI": f"https://boxd.it/{number}",
        "Rating": draw.choice(("0.5", "3", "4.5", "5", "")),
        "Rewatch": draw.choice(("Yes", "")),
        "Review": ordinary(draw),
        "Tags": "cinema",
        "Watched Date": "2024-05-30",
    }


def table(rows: Sequence[Json], columns: Sequence[str]) -> bytes:
    """Rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def letterboxd_table(name: str, rows: Sequence[Json]) -> bytes:
    """One of Letterboxd's tables, with its own columns."""
    columns = ["Date", "Name", "Year", "Letterboxd URI"]
    if name in {"diary.csv", "reviews.csv"}:
        review = ["Review"] if name == "reviews.csv" else []
        columns += ["Rating", "Rewatch", *review, "Tags", "Watched Date"]
    elif name == "ratings.csv":
        columns.append("Rating")
    return table(rows, columns)


def of_library(draw: random.Random, number: int) -> Json:
    """What a ``.nfo`` file says."""
    return {
        "title": ordinary(draw),
        "originaltitle": ordinary(draw),
        "showtitle": "A show",
        "season": "1",
        "episode": str(number % 20),
        "plot": ordinary(draw) * 3,
        "year": str(1930 + number % 90),
        "premiered": "2020-05-31",
        "runtime": draw.choice(("88", "88 min")),
        "genre": "Drama / Crime",
        "tag": "whales",
        "director": "Ada Lovelace",
        "studio": "A studio",
        "userrating": "7",
        "playcount": "1",
        "lastplayed": "2017-09-06 12:44:12",
        "imdbid": f"tt{number:07}",
        "tmdbid": str(number),
    }


def nfo(draw: random.Random, said: Json) -> bytes:
    """What is said as XML; nothing in it is escaped, and at times a document type stands before."""
    root = draw.choice(("movie", "tvshow", "episodedetails", "musicvideo"))
    types = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in said.items())
    text = f'<?xml version="1.0"?>{types if draw.random() < 0.2 else ""}<{root}>{inside}</{root}>'
    return text.encode("utf-8", "surrogatepass")
