"""The one registry of commands: keys, palette, slash commands, footer, help and keymap come of it.

A command belongs to a place. What it does is the method ``action_NAME`` (dashes become underscores)
of the app, of the chat, or of the page of its place; those of picks are carried out by the chat.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding, BindingType


class Place(StrEnum):
    """Where a command can be given."""

    ANYWHERE = "anywhere"
    CHAT = "chat"
    PICK = "pick"
    """A card of the chat that has the focus; or any pick, by its number: ``/like 2``."""
    PAGE = "page"
    """Every page beside the chat."""
    LIBRARY = "library"
    IMPORT = "import"
    TASTE = "taste"
    SESSIONS = "sessions"
    MODELS = "models"
    HIDDEN = "hidden"
    SETTINGS = "settings"
    WHY = "why"
    HELP = "help"


TITLES: dict[Place, str] = {
    Place.ANYWHERE: "Everywhere",
    Place.CHAT: "In the chat",
    Place.PICK: "On a pick",
    Place.PAGE: "On every page",
    Place.LIBRARY: "Library",
    Place.IMPORT: "Import",
    Place.TASTE: "Taste",
    Place.SESSIONS: "Sessions",
    Place.MODELS: "Models",
    Place.HIDDEN: "Hidden",
    Place.SETTINGS: "Settings",
    Place.WHY: "Why",
    Place.HELP: "Help",
}


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be asked for by name or by key."""

    name: str
    description: str
    place: Place
    key: str = ""
    """Textual's name of its key, or of several, parted by commas."""
    argument: str = ""
    """How its argument is written in the help; empty if it takes none."""
    label: str = ""
    """What the footer calls it; empty where the footer does not show it."""
    priority: bool = False
    """Whether its key works whatever is being typed."""

    @property
    def id(self) -> str:
        """Its name in the keymap: commands of different pages may have the same name."""
        if self.place in (Place.ANYWHERE, Place.CHAT, Place.PICK):
            return self.name
        return f"{self.place}.{self.name}"

    @property
    def action(self) -> str:
        """The method that carries it out, without ``action_``."""
        return self.name.replace("-", "_")

    @property
    def usage(self) -> str:
        """``/like N``; of a page, where nothing is typed, its name."""
        name = f"/{self.name}" if self.is_slash else self.name
        return f"{name} {self.argument}".rstrip()

    @property
    def is_slash(self) -> bool:
        """Whether it can be typed in the chat."""
        return self.place in (Place.ANYWHERE, Place.CHAT, Place.PICK)


def _of(place: Place, *commands: tuple[str, ...]) -> tuple[Command, ...]:
    """Commands of a place, each as name, description, key, label, argument."""
    made = []
    for name, description, *rest in commands:
        key, label, argument = (*rest, "", "", "")[:3]
        made.append(Command(name, description, place, key, argument, label))
    return tuple(made)


ANYWHERE = (
    *_of(
        Place.ANYWHERE,
        ("library", "Your videos: search, filter, edit, import", "f4"),
        ("taste", "Your interests, what you were recommended, and a map", "f5"),
        ("sessions", "Earlier conversations: resume, search, export", "f6"),
        ("models", "Language and embedding models: get, use, measure", "f7"),
        ("new", "Begin a new conversation; this one is kept"),
        ("title", "Give this conversation a title", "", "", "[TEXT]"),
        ("export", "Write this conversation into a file", "", "", "[md|json]"),
        ("hidden", "What you hid or disliked; take it back", "f8"),
        ("settings", "Everything that can be set", "f9"),
        ("import", "Bring your own videos", "", "", "[PATH]"),
    ),
    Command("help", "Every command and key", Place.ANYWHERE, "f1", label="help", priority=True),
    Command("quit", "Leave", Place.ANYWHERE, "ctrl+q", label="quit", priority=True),
    Command(
        "interrupt",
        "Stop the answer; copy what is selected; or say how to leave",
        Place.ANYWHERE,
        "ctrl+c",
        priority=True,
    ),
)

CHAT = (
    Command("stop", "Stop the answer", Place.CHAT, "escape", label="stop", priority=True),
    *_of(
        Place.CHAT,
        ("dial", "How far from what you know", "f2", "", "[familiar|balanced|explore]"),
        ("limits", "Go to the limits in force; Delete takes one back", "f3"),
        ("memory", "What is remembered of you", "", "", "[add TEXT|edit N TEXT|forget N]"),
        ("scroll-up", "Scroll up", "pageup"),
        ("scroll-down", "Scroll down", "pagedown"),
    ),
)

PICK = _of(
    Place.PICK,
    ("like", "Like it: more of its sort will come", "l", "like", "N"),
    ("dislike", "Dislike it: less of its sort will come", "d", "dislike", "N"),
    ("watched", "You have seen it: it is not recommended again", "w", "", "N"),
    ("finished", "You have seen all of it, which says more", "f", "", "N"),
    ("rate", "Rate it: a digit, or half stars by /rate 2 4.5", "r", "", "N STARS"),
    ("hide", "Never show it again", "h", "hide", "N"),
    ("save", "Save it for later", "s", "", "N"),
    ("open", "Open it in the browser, or in your player", "o", "", "N"),
    ("copy", "Copy its link", "c", "", "N"),
    ("more", "Ask for more like it", "m", "more", "N"),
    ("less", "Ask for something that is not like it", "n", "", "N"),
    ("why", "Why it was picked", "y", "why", "N"),
    ("undo", "Take back what you said of it last; without a number, what you did last", "u",
     "undo", "[N]"),
)  # fmt: skip

PAGE = _of(Place.PAGE, ("back", "Back to the chat", "escape", "back"))

LIBRARY = _of(
    Place.LIBRARY,
    ("search", "Search: begin to type", "slash", "search"),
    ("filters", "Filter by kind, language, source, year, length, what you did", "f", "filters"),
    ("sort", "Sort by title, year, length …", "s", "sort"),
    ("tags", "Edit the tags of a video", "t", "tags"),
    ("like", "Like it: more of its sort will come", "l"),
    ("dislike", "Dislike it: less of its sort will come", "d"),
    ("watched", "You have seen it: it is not recommended again", "w"),
    ("hide", "Never show it again", "h"),
    ("save", "Save it for later", "b"),
    ("undo", "Take back what you did last", "u", "undo"),
    ("more-like", "Ask for more like it", "m", "alike"),
    ("open", "Open it in the browser", "o"),
    ("remove", "Remove it; bring it back, where what you removed is listed", "x", "remove"),
    ("import-more", "Bring more videos", "i", "import"),
)
IMPORT = _of(
    Place.IMPORT,
    ("cancel", "Stop the import; what was read stays", "f3", "stop"),
    ("steps", "To the steps, by where your videos are", "f2", "steps"),
)
TASTE = _of(
    Place.TASTE,
    ("rename", "Call the interest by a name of your own", "r", "rename"),
    ("less", "Count the interest less", "left_square_bracket,left", "less"),
    ("more", "Count the interest more", "right_square_bracket,right", "more"),
    ("switch", "Switch the interest off, or on again", "space", "off/on"),
    ("more-like", "Ask for more like the video that is picked on the map", "o,enter", "more like"),
    ("interests", "Go to the interests", "1"),
    ("mix", "Go to what was recommended", "2"),
    ("map", "Go to the map", "3", "map"),
    ("zoom-in", "Look closer at the map", "plus,equals_sign"),
    ("zoom-out", "See more of the map", "minus"),
    ("whole-map", "See the whole map", "0"),
    ("lay-out", "Make the map anew", "n"),
    ("stop-map", "Stop making the map", "x"),
)
SESSIONS = _of(
    Place.SESSIONS,
    ("resume", "Go on with it in the chat", "", "resume"),
    ("new", "Begin a new conversation", "n"),
    ("rename", "Give it a title", "r", "rename"),
    ("export", "Write it as Markdown, where Matinee was started", "e", "export"),
    ("export-json", "Write it as JSON, with all that is kept of it", "E"),
    ("delete", "Delete it; asked again, for good", "d", "delete"),
    ("search", "Search titles, messages, answers and picks", "slash"),
)
MODELS = _of(
    Place.MODELS,
    ("use", "Use it from now on; get it first if need be", "enter", "use"),
    ("get", "Download it, or go on with its download", "g", "get"),
    ("measure", "See how fast it is here", "m", "measure"),
    ("quality", "See what it is worth on your own history", "q", "quality"),
    ("stop", "Stop what is being done with it; what is there is kept", "s", "stop"),
    ("remove", "Remove it from the disk", "x", "remove"),
    ("none", "Use no language model", "n"),
    ("page", "Open its page in the browser", "o"),
)
HIDDEN = _of(
    Place.HIDDEN,
    ("take-back", "Take it back: it can be recommended again", "u,enter", "take back"),
    ("hide-again", "Hide again what you took back last", "h", "hide again"),
    ("search", "Search: begin to type", "slash", "search"),
)
SETTINGS = _of(
    Place.SETTINGS,
    ("change", "Change it: switch it, take the next choice, or type a value", "enter", "change"),
    ("next", "The next choice", "right"),
    ("previous", "The choice before", "left"),
    ("reset", "Back to its default", "r", "default"),
    ("find", "Go to the settings that have a word", "slash", "find"),
)
WHY = _of(
    Place.WHY,
    ("previous", "The pick before", "left", "before"),
    ("next", "The pick after", "right", "after"),
    ("why-not", "Why another video was not picked", "n", "why not …?"),
    ("more-like", "Ask for more like the chosen neighbour, or like the pick", "m", "more like it"),
)

COMMANDS: tuple[Command, ...] = (
    *ANYWHERE,
    *CHAT,
    *PICK,
    *PAGE,
    *LIBRARY,
    *IMPORT,
    *TASTE,
    *SESSIONS,
    *MODELS,
    *HIDDEN,
    *SETTINGS,
    *WHY,
)


def commands_of(*places: Place) -> Iterator[Command]:
    """The commands of some places, in the order of the registry."""
    return (command for command in COMMANDS if command.place in places)


def bindings_of(place: Place) -> list[BindingType]:
    """The keys of a place, for the class that carries its commands out."""
    return [
        Binding(
            command.key,
            command.action,
            command.label or command.description,
            show=bool(command.label),
            priority=command.priority,
            id=command.id,
        )
        for command in commands_of(place)
        if command.key
    ]


def named(name: str) -> Command | None:
    """The command that can be typed in the chat under this name."""
    by_name = {command.name: command for command in COMMANDS if command.is_slash}
    return by_name.get(name.casefold())


def not_a_command(name: str) -> str:
    """What to say of a name that no command has."""
    names = [command.name for command in COMMANDS if command.is_slash]
    near = difflib.get_close_matches(name.casefold(), names, n=1)
    hint = f"Do you mean /{near[0]}?" if near else "/help lists the commands."
    return f"There is no command /{name}. {hint}"
