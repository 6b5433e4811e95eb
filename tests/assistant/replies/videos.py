"""A few videos to speak of."""

from __future__ import annotations

from assistant.types import Kind, Video

ALIEN = Video(
    id="imdb:tt0078748",
    title="Alien",
    description="The crew of a spacecraft meets a deadly creature. It hunts them one by one.",
    tags=("horror", "space"),
    people=("Ridley Scott", "Sigourney Weaver"),
    kind=Kind.FILM,
    language="en",
    year=1979,
    duration_s=117 * 60,
    views=1_200_000,
    url="https://example.org/alien",
)
ARRIVAL = Video(
    id="imdb:tt2543164",
    title="Arrival",
    tags=("space", "linguistics"),
    people=("Denis Villeneuve",),
    kind=Kind.FILM,
    language="en",
    year=2016,
    duration_s=116 * 60,
)
BURNING = Video(
    id="imdb:tt7282468",
    title="Burning",
    kind=Kind.FILM,
    language="ko",
    year=2018,
    duration_s=148 * 60,
)
SHORT_KOREAN = Video(
    id="v:short-ko", title="Seven minutes", language="ko", duration_s=7 * 60 - 20, year=2020
)
TALK = Video(
    id="v:talk",
    title="On “quotes”",
    description="He says “hello”.",
    keywords=("quotes", "typography"),
    people=("Ada Lovelace",),
    kind=Kind.TALK,
    language="fr",
    duration_s=600,
)
SHORT_ENGLISH = Video(id="v:short-en", title="Four minutes", language="en", duration_s=240)
UNKNOWN = Video(id="v:unknown", title="Untold")
ALL = (ALIEN, ARRIVAL, BURNING, SHORT_KOREAN, SHORT_ENGLISH, TALK, UNKNOWN)
