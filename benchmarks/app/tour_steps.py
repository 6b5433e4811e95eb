"""The steps of the tour: what is done, and what must then be on the screen."""

from __future__ import annotations

import re
import tomllib

from benchmarks.app.tour_world import Burst, Check, Paste, Say, Size, Start, Step, Type, World

LONG = 40.0
"""Seconds for what computes: a turn while other things go on, an import, a map."""
COUNT = r"8\d\d videos"
ANSWERING = ("[Ee]sc stop",)
"""In the footer, while something is being answered."""
PLACEHOLDER = "What would you like to watch\\?  ?[(]Ctrl-J"
FOOTER = "([Tt]ab|[Ee]sc) "
"""What comes under the prompt."""
PICK = r"[━═╍┄·]{8}"
"""The bar of a card."""
DIALS = ("familiar", "balanced", "explore")


def exported(ending: str) -> Check:
    """A check that one file with that ending lies where Matinee was started."""

    def check(world: World) -> str:
        found = list(world.home.glob(f"*{ending}"))
        return "" if len(found) == 1 else f"{len(found)} files end with {ending}"

    return check


def theme_is(name: str) -> Check:
    """A check that the settings file names the theme."""

    def check(world: World) -> str:
        written = (
            tomllib.loads(world.settings.read_text("utf-8")) if world.settings.exists() else {}
        )
        found = written.get("app", {}).get("theme", "nothing")
        return "" if found == name else f"settings.toml has {found} as its theme"

    return check


def browser_got(beginning: str) -> Check:
    """A check that the browser was last asked for an address that begins so."""

    def check(world: World) -> str:
        got = world.opened.read_text().splitlines() if world.opened.exists() else ["nothing"]
        return "" if got[-1].startswith(beginning) else f"the browser got {got[-1]}"

    return check


def said(message: str, *then: str, name: str = "", shown: str = "") -> Step:
    """Say something, and wait for the end of the answer."""
    sees = (f"❯ {shown or re.escape(message)}", *then)
    return Step(name or f"“{message}”", (Say(message),), sees, ANSWERING, LONG)


START = (
    Step("the first start greets", (Start(),), ("What would you like to watch\\?", "dial ○─●─○ b")),
    Step("the starter library is there", (), (COUNT,), seconds=LONG),
    Step("the language model is there", (), ("language model: SmolLM2",), seconds=LONG),
)

CHAT = (
    said("a quiet Japanese film, under two hours", PICK, "at most 120 min ✕", "in Japanese ✕"),
    Step("F3 goes to the limits", ("F3",), ("[Dd]el take back",)),
    Step(
        "Delete takes the first one back",
        ("DC",),
        ("❯ ✕ at most 120 min", PICK),
        ("at most 120 min ✕", *ANSWERING),
        seconds=LONG,
    ),
    Step("F2 turns the dial", ("F2",), ("○─○─● explore",)),
    Step("and on", ("F2",), ("●─○─○ familiar",)),
    Step("/dial balanced", (Say("/dial balanced"),), ("○─●─○ balanced",)),
    Step(
        "Esc at once: nothing goes on",
        (Say("a talk about physics"), "Escape"),
        (f"a talk about physics {FOOTER}|[Ss]topped",),
        ANSWERING,
    ),
    Step("Ctrl-U empties the prompt", ("C-u",), (PLACEHOLDER,)),
    Step(
        "Esc in the middle: what is there stays",
        (Say("a talk about physics"), "Pause", "Escape", "NPage"),
        ("[Ss]topped",),
        ANSWERING,
    ),
    Step("↑ brings the last message", ("Up",), (f"a talk about physics {FOOTER}",)),
    Step(
        "it is edited and sent",
        (Type(" by a woman"), "Enter"),
        ("❯ a talk about physics by a woman", PICK),
        ANSWERING,
        seconds=LONG,
    ),
    Step(
        "Ctrl-J makes a new line",
        (Type("something funny"), "C-j", Type("but short")),
        (f"something funny but short {FOOTER}",),
    ),
    Step(
        "both lines are one message",
        ("Enter",),
        ("❯ something funny but short", PICK),
        ANSWERING,
        seconds=LONG,
    ),
    Step(
        "what is pasted is not sent",
        (Paste("a documentary\nabout the sea\n"),),
        ("a documentary about the sea",),
        ("❯ a documentary about the sea",),
    ),
    Step("Enter sends it", ("Enter",), ("❯ a documentary about the sea", PICK), ANSWERING, LONG),
    Step("a command is completed as it is typed", (Type("/li"),), ("/like", "/library", "/limits")),
    Step("a wrong one is told of", (Type("kee"), "Enter"), ("no command /likee", "/like")),
    said("人工智能入门教程，不超过20分钟", "不超过 ?20 ?分钟"),
    said("forget all that: films about space", PICK),
)

PICKS = (
    Step("Tab goes to the first pick", ("Tab",), ("l like", "y why")),
    Step("l likes it", ("l",), ("♥ liked", "u undo")),
    Step("u takes it back", ("u",), ("Taken back",), ("♥ liked",)),
    Step("d dislikes it", ("d",), ("✗ disliked",)),
    Step("↓ goes on, w marks as watched", ("Down", "w"), ("✓ watched",)),
    Step("two keys at once are both heeded", (Burst("Down", "s"),), ("2 [^★]+ ★ saved",)),
    Step("r asks for stars", ("Down", "r"), ("5★",)),
    Step("4 gives four", ("4",), ("★★★★ rated",)),
    Step("s saves", ("Down", "s"), ("★ saved",)),
    Step("c copies the link", ("c",), ("Copied: https?://",)),
    Step("o opens it", ("o",), ("(Opening|Searching).{,30}https?://",), check=browser_got("http")),
    Step("f says that it was seen to the end", ("f",), ("✓ finished",)),
    Step("h hides", ("Up", "h"), ("– hidden",)),
    Step(
        "a number goes to a pick; m asks for more like it",
        ("4", "m"),
        ("❯ more like number 4", PICK),
        ANSWERING,
        LONG,
    ),
    Step(
        "n asks for something else",
        ("Escape", "Tab", "n"),
        ("❯ less like number 1",),
        ANSWERING,
        LONG,
    ),
    Step("/rate takes half stars", (Say("/rate 1 4.5"),), ("★★★★½ rated",)),
    Step("/undo takes back what was done last", (Say("/undo"),), ("Taken back",), ("★★★★½ rated",)),
    Step("Esc leaves the picks", ("Tab", "Escape"), ("Tab picks",)),
    Step("/like 9 says what can be said", (Say("/like 9"),), ("Say which pick: /like 1 to /like",)),
    Step("/memory add", (Say("/memory add I never watch horror"),), ("horror",)),
)

WHY = (
    said("a film about space", PICK),
    Step(
        "y opens the panel", ("Tab", "y"), ("Score −?[0-9.]+", "What moved it here"), seconds=LONG
    ),
    Step("→ goes to the next pick", ("Right",), ("2 of 5",), seconds=LONG),
    Step("2 … goes to one by its number", ("3",), ("3 of 5",), seconds=LONG),
    Step("n asks why not another", ("n", Type("March of")), ("March of the Penguins",)),
    Step(
        "the answer compares both",
        ("Down", "Enter"),
        ("Beside number 3|this pick|picked",),
        seconds=LONG,
    ),
    Step("Esc closes it", ("Escape", "Escape"), (), ("What moved it here",)),
    Step(
        "the chat answers why not, too",
        (Say("why not Alien?"),),
        ("❯ why not Alien", "Alien.{,400}Alien"),
        ANSWERING,
        LONG,
    ),
)

HIDDEN = (
    said("a film by the sea", PICK),
    Step("/hide and /dislike", (Say("/hide 5"), Say("/dislike 4")), ("– hidden", "✗ disliked")),
    Step(
        "F8 lists what is hidden and disliked",
        ("F8",),
        ("Matinee › Hidden", "– hidden", "✗ disliked"),
    ),
    Step("u takes one back", ("u",), ("is not (hidden|disliked) any more",)),
    Step("h hides it again", ("h",), ("is (hidden|disliked) again",)),
    Step("/ searches", ("/", Type("zzzz")), ("[Nn]o", "zzzz")),
    Step(
        "Esc, Esc: the whole list, the chat",
        ("Escape", "Escape", "Escape"),
        ("dial ○",),
        ("› Hidden",),
    ),
)

TASTE = (
    Step(
        "likes to be seen",
        (Say("I loved Alien, Spirited Away, The Martian and Totoro"),),
        ("❯ I loved",),
        ANSWERING,
        LONG,
    ),
    Step("F5 shows the interests", ("F5",), ("Matinee › Taste", "\\d+%"), seconds=LONG),
    Step(
        "r renames one",
        ("r", "C-a", "C-k", Type("My evenings"), "Enter"),
        ("● My evenings",),
        ("What do you call it",),
    ),
    Step("] counts it more", ("]",), ("My evenings ×1[.]25",)),
    Step("[ counts it less", ("[", "["), ("My evenings ×0[.]75",)),
    Step("Space switches it off", ("Space",), ("My evenings ×0[.]75 off",)),
    Step("and on again", ("Space",), (), ("My evenings ×0[.]75 off",)),
    Step("2 shows what was recommended", ("2",), (), ("My evenings ×",)),
    Step("3 shows the map", ("3",), ("Map \\d+ videos",), seconds=LONG),
    Step("an arrow picks a video", ("Right", "Right"), ("\\d{4}|min",)),
    Step("+ looks closer", ("+", "+"), ("Map",)),
    Step("Esc goes back to the chat", ("Escape",), ("dial ○",), ("› Taste",)),
)

LIBRARY = (
    Step("F4 lists the library", ("F4",), ("Matinee › Library", COUNT, "12 Angry Men")),
    Step(
        "/ searches as one types",
        ("/", Type("spirited")),
        ("Spirited Away", "\\d+ of 8\\d\\d videos"),
        ("12 Angry Men",),
    ),
    Step(
        "Enter goes to the list, Enter shows one", ("Enter", "Enter"), ("Spirited Away.{,400}2001",)
    ),
    Step("Esc goes back to the list", ("Escape",), ("Spirited Away",), ("Hayao Miyazaki",)),
    Step(
        "t edits tags", ("t", "End", Type(", tour-tag"), "Enter"), ("takes it back",), ("Tags of",)
    ),
    Step(
        "the tag is found",
        ("/", "C-u", "C-k", Type("tour-tag"), "Enter"),
        ("Spirited Away", "1 of \\d+ videos"),
    ),
    Step("x asks before it removes", ("x",), ("Remove “Spirited Away", "keep it")),
    Step("it is removed", ("Down", "Enter"), ("Nothing fits|takes it back",), seconds=20),
    Step("u brings it back", ("u",), ("Spirited Away.{,60}2001",)),
    Step("all again", ("/", "C-a", "C-k", "Enter"), ("12 Angry Men",)),
    Step("s sorts", ("s", "Down", "Down", "Enter"), ("sorted by: (?!title, A)",)),
    Step("f filters by kind", ("f",), ("Show only", "Kind")),
    Step(
        "a choice narrows",
        ("Down", "Down", "Enter", "Escape"),
        ("\\d+ of 8\\d\\d videos|Nothing fits",),
    ),
    Step("Ctrl-R in the filters: all again", ("f", "C-r", "Escape"), ("all videos",)),
    Step("m asks for more like it", ("m",), ("something like", "dial ○")),
    Step("the prompt is emptied", ("C-a", "C-k"), gone=("something like \\w",)),
)

IMPORT = (
    Step("/import opens the page", (Say("/import"),), ("Matinee › Import", "YouTube")),
    Step("F2 leads to the steps", ("F2", "Down"), ("letterboxd[.]com",)),
    Step("Esc goes back to the chat", ("Escape", "Escape"), ("dial ○",), ("› Import",)),
    Step(
        "/import PATH has the path ready", (Say("/import videos"),), ("Matinee › Import", "videos")
    ),
    Step(
        "Enter imports it, with progress",
        ("Enter",),
        ("\\d+ of 40\\d|40\\d records|Reading|Loading",),
    ),
    Step("it says what came of it", (), ("✓", "400", "1 skipped|Skipped"), seconds=4 * LONG),
    Step("the library has them", ("Enter",), ("Matinee › Library", "1,2\\d\\d videos"), seconds=20),
    Step("back to the chat", ("Escape", "Escape"), ("dial ○",), ("› Library",)),
    Step(
        "they are recommended",
        (Say("something about puppets and glaciers"),),
        ("❯ something about puppets", PICK),
        ANSWERING,
        LONG,
    ),
)

SESSIONS = (
    said("a quiet Japanese film", PICK),
    Step(
        "F6 lists conversations",
        ("F6",),
        ("Matinee › Sessions", "1 conversation", "a quiet Japanese film"),
    ),
    Step("r gives a title", ("r", Type("Tour of tonight"), "Enter"), ("Renamed: Tour of tonight",)),
    Step("e writes Markdown", ("e",), ("Written: .*[.]md",), check=exported(".md")),
    Step("E writes JSON", ("E",), ("Written: .*[.]json",), check=exported(".json")),
    Step("n begins another", ("n",), ("dial ○", "What would you like to watch"), ("› Sessions",)),
    Step("it is asked in", (Say("a concert film"),), ("❯ a concert film", PICK), ANSWERING, LONG),
    Step("F6 lists both", ("F6",), ("2 conversations", "a concert film")),
    Step(
        "/ finds by words",
        ("/", Type("quiet")),
        ("Tour of tonight", "1 of 2 conversations"),
        ("a concert film",),
    ),
    Step(
        "it is taken up again, with its cards",
        ("Enter", "Enter"),
        ("dial ○", "❯ ", PICK),
        ("› Sessions",),
        seconds=LONG,
    ),
    Step("F6 again", ("F6",), ("2 conversations",)),
    Step("d asks", ("Down", "d"), ("Delete “.*for good", "Esc keeps it")),
    Step("Esc keeps it", ("Escape",), ("2 conversations",), ("for good",)),
    Step("d, d deletes", ("d", "d"), ("Deleted: ",)),
    Step("back to the chat", ("Escape",), ("dial ○",)),
)

MODELS = (
    Step("F7 lists models", ("F7",), ("Matinee › Models", "SmolLM2-135M", "in use", "all-MiniLM")),
    Step("the details of one", ("Down", "Down"), ("Qwen2.5-0.5B.*/Qwen/Qwen2.5",)),
    Step(
        "to an embedding model",
        ("End", "Up", "Up", "Up"),
        ("bge-small-en-v1.5.*/BAAI/bge",),
    ),
    Step(
        "g downloads it",
        ("g",),
        ("bge-small-en-v1.5 (there|.*\\d+ MB/s|.*\\d+ %|.*\\d+%)",),
        seconds=LONG,
    ),
    Step("it is there", (), ("bge-small-en-v1.5 there",), seconds=LONG),
    Step("x asks, and removes it", ("x", "Enter"), ("Removed bge-small",)),
    Step("m measures the language model", ("Home", "m"), ("measur",)),
    Step(
        "it is measured",
        (),
        ("SmolLM2-135M-Instruct in use 98 MB ~?[0-9.]+ MB [0-9.]+",),
        seconds=4 * LONG,
    ),
    Step("Esc goes back to the chat", ("Escape",), ("dial ○",), ("› Models",)),
)

SETTINGS = (
    Step("F9 lists settings", ("F9",), ("Matinee › Settings", "theme", "‹ matinee ›")),
    Step("→ takes the next theme", ("Right",), ("1 changed",), ("‹ matinee ›",)),
    Step(
        "r takes the default back",
        ("r",),
        ("‹ matinee ›", "all as they come"),
        check=theme_is("nothing"),
    ),
    Step("/ finds a setting", ("/", Type("picks"), "Enter"), ("picks 5",), ("gpu layers",)),
    Step("Enter lets one type", ("Enter",), ("A whole number",)),
    Step("a number is typed", ("BSpace", Type("3"), "Enter"), ("picks 3", "1 changed")),
    Step(
        "it counts from the next answer on",
        ("Escape", "Escape", "Escape", "Pause", "Pause", Say("a comedy")),
        ("❯ a comedy", PICK, "3 of \\d+ ·"),
        ANSWERING,
        LONG,
    ),
    Step("F9 again", ("F9",), ("picks 3",)),
    Step("r takes it back", ("/", Type("picks"), "Enter", "r"), ("picks 5",)),
    Step("back to the chat", ("Escape", "Escape", "Escape"), ("dial ○",), ("› Settings",)),
)

APP = (
    Step("Ctrl-P opens the palette", ("C-p",), ("[Ss]earch for commands",)),
    Step("it finds a command", (Type("interests"),), ("Your interests",)),
    Step("and runs it", ("Enter",), ("Matinee › Taste",)),
    Step("F1 on a page: its keys first", ("F1",), ("Matinee › Help", "Taste.*Everywhere")),
    Step("Esc, Esc", ("Escape", "Escape"), ("dial ○",), ("› Help", "› Taste")),
    Step("/help in the chat", (Say("/help"),), ("Matinee › Help", "In the chat")),
    Step("Esc", ("Escape",), ("dial ○",)),
    Step("60×20", (Size(60, 20),), ("○─●─○|dial", "What would you like|Ctrl-J")),
    Step("a pick at 60×20", ("Tab",), ("like",)),
    Step("the library at 60×20", ("Escape", "F4"), ("Matinee › Library", "Title")),
    Step(
        "140×45",
        (
            "Escape",
            Size(140, 45),
        ),
        ("familiar ── ● balanced ── ○ explore",),
    ),
    Step("100×32", (Size(100, 32),), ("○─●─○ balanced",)),
    Step("Ctrl-C says how to leave", ("C-c",), ("Ctrl-Q quits",)),
    Step("a second one does not end it", ("C-c",), ("dial ○",)),
    Step(
        "Ctrl-Q leaves, and says how to go on",
        ("C-q",),
        ("matinee chat --resume [0-9a-f]{6,}",),
        seconds=20,
    ),
    Step(
        "--resume shows the last conversation",
        (Start(("chat", "--resume")),),
        ("dial ○", "❯ ", PICK, COUNT.replace("8", "[0-9,]+")),
        seconds=LONG,
    ),
    Step("it goes on", (Say("shorter"),), ("❯ shorter", PICK), ANSWERING, LONG),
    Step("Ctrl-Q", ("C-q",), ("matinee chat --resume",), seconds=20),
)

SECTIONS: dict[str, tuple[Step, ...]] = {
    "start": START,
    "chat": CHAT,
    "picks": PICKS,
    "why": WHY,
    "hidden": HIDDEN,
    "taste": TASTE,
    "library": LIBRARY,
    "import": IMPORT,
    "sessions": SESSIONS,
    "models": MODELS,
    "settings": SETTINGS,
    "app": APP,
}
