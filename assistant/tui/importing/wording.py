"""How far an import is, and what came of it, in words."""

from __future__ import annotations

from textual.content import Content

from assistant.importing import Imported
from assistant.pace import Pace, duration
from assistant.tui.jobs import Running
from assistant.tui.wording import videos
from assistant.wording import printable

DIM = "$foreground 60%"
_BAR = 24
_MOST_SKIPPED = 100
STAGES = {
    "looking at it": "Looking at it",
    "reading": "Reading",
    "keywords": "Finding keywords",
    "loading the embedding model": "Loading the embedding model",
    "embedding": "Reading what they are about",
}


def progress(job: Running, pace: Pace) -> Content:
    """The stage, a bar, how many of how many, how long it will still take."""
    stage = STAGES.get(job.stage, printable(job.stage)) or "Starting"
    if job.share is None:
        done = f" {job.done:,}" if job.done else ""
        return Content.assemble((f"{stage}…", "bold"), done)
    full = round(min(job.share, 1.0) * _BAR)
    left = pace.left_s(job.total)
    return Content.assemble(
        (f"{stage}  ", "bold"),
        ("█" * full, "$accent"),
        ("░" * (_BAR - full), "$foreground 30%"),
        f"  {job.done:,} of {job.total:,}",
        (f"   about {duration(left)} left" if left is not None and left >= 1 else "", DIM),
    )


def outcome(imported: Imported, library: int) -> Content:
    """What came of it, and every record that was skipped, by name and reason."""
    lines = [
        Content.styled(f"✓ {printable(imported.format)}", "bold $success"),
        Content(str(imported)),
        Content.styled(f"{videos(library)} in your library now.", DIM),
    ]
    if imported.skipped:
        lines += [Content(""), Content.styled("Skipped:", "bold")]
        shown = imported.skipped[:_MOST_SKIPPED]
        lines += [Content(printable(f"  {one.record}: {one.reason}")) for one in shown]
        if (more := imported.skipped_count - len(shown)) > 0:
            lines.append(Content.styled(f"  … and {more:,} more", DIM))
    return Content("\n").join(lines)
