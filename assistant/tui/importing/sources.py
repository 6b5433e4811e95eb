"""The exact steps by which people bring what they have, by where it is."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do, and what to type for it where that is a command."""

    text: str
    command: str = ""
    """For a shell; or, with a slash before it, for the prompt of the chat."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where videos come from, and how."""

    id: str
    name: str
    steps: tuple[Step, ...]
    brings: str
    """What comes of it."""
    format: str
    """The name of the importer that reads it."""


SOURCES: tuple[Source, ...] = (
    Source(
        "youtube",
        "YouTube",
        (
            Step("Go to takeout.google.com, deselect all, and choose “YouTube and YouTube Music”."),
            Step("Under “All YouTube data included” keep history and playlists. HTML or JSON, both"
                 " can be read."),
            Step("Create the export, wait for the mail, and download the zip."),
            Step("Import the zip; it need not be unpacked.", "/import ~/Downloads/takeout.zip"),
            Step("Takeout says neither how long a video is nor what it is about. yt-dlp does (see"
                 " there): the videos are the same ones, so nothing comes twice."),
        ),
        "what you watched and when, what you liked, what you want to watch",
        "YouTube (Google Takeout)",
    ),
    Source(
        "letterboxd",
        "Letterboxd",
        (
            Step("On letterboxd.com: Settings › Data › Export your data."),
            Step("Download the zip; it need not be unpacked."),
            Step("Import it.", "/import ~/Downloads/letterboxd-you.zip"),
        ),
        "your films with ratings, likes, diary and watchlist",
        "Letterboxd export",
    ),
    Source(
        "yt-dlp",
        "yt-dlp",
        (
            Step("A channel or a playlist, without downloading a video:",
                 "yt-dlp --flat-playlist -J URL > list.json"),
            Step("What is yours alone needs your browser's login (:ytfav is what you liked):",
                 "yt-dlp --cookies-from-browser firefox --flat-playlist -J :ytfav > list.json"),
            Step("With descriptions and tags, by which they are found better; it takes longer:",
                 "yt-dlp --skip-download --write-info-json -o '%(id)s' URL"),
            Step("Import the file, or the folder with the .info.json files.", "/import list.json"),
        ),
        "titles, lengths, channels; with .info.json also descriptions, tags and languages",
        "yt-dlp playlist",
    ),
    Source(
        "kodi",
        "Kodi, Jellyfin",
        (
            Step("Kodi: Settings › Media › Library › Export library, to separate files or to one."),
            Step("Jellyfin: Dashboard › Libraries › your library › Metadata savers › Nfo."),
            Step("Import the folder of your films. The .nfo files in it are read, no video is"
                 " opened.", "/import ~/Videos"),
        ),
        "films, series and episodes with plot, people and length; what you watched and rated",
        "Kodi or Jellyfin .nfo files",
    ),
    Source(
        "files",
        "Your own list",
        (
            Step("CSV: id and title in the first line, and any of the other columns.",
                 "id,title,year,kind,duration_s,language,tags,people,description"),
            Step("A row a video; an id is made of a word, a colon and a key of your own.",
                 "my:1,Alien,1979,film,7020,en,space|horror,Ridley Scott,"),
            Step("What you did, in a second file: watched, liked, rated, saved, hidden.",
                 "video_id,signal,rating,at"),
            Step("Import the file. JSON lines with the same names can be read too.",
                 "/import films.csv"),
        ),
        "whatever you write down",
        "Matinee CSV",
    ),
)  # fmt: skip


def source_named(id_: str) -> Source:
    """The source of that id."""
    return next(source for source in SOURCES if source.id == id_)


def steps_text(source: Source) -> Content:
    """The steps, numbered, with what is to be typed on lines of its own."""
    lines = []
    for number, step in enumerate(source.steps, start=1):
        lines.append(Content.assemble((f"{number}  ", "bold $accent"), step.text))
        if step.command:
            lines.append(Content.assemble("   ", (step.command, "$accent")))
    lines.append(Content.styled(f"   It brings {source.brings}.", "$foreground 60%"))
    return Content("\n").join(lines)
