"""``matinee train``: train a relevance model, and show whether it is worth anything."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli.context import App
from assistant.cli.narration import narrate, tell
from assistant.cli.output import json_line
from assistant.cli.trained import as_text, file_as_text, too_few

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.narrator import Narrator
    from assistant.relevance.pairs.model import PairModel
    from assistant.retrieve import RetrievalStore

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", required=False, type=_FILE)
@click.option("--test", type=_FILE, help="Measure on this labelled file; else on a part of FILE.")
@click.option("--output", type=_FILE, help="Save the model that FILE gives.")
@click.option("--recommend", metavar="TEXT", help="Your videos that this model finds relevant.")
@click.option("-k", default=5, show_default=True, type=click.IntRange(1, 100), help="How many.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.pass_obj
def train(
    app: App,
    file: Path | None,
    test: Path | None,
    output: Path | None,
    recommend: str | None,
    k: int,
    as_data: bool,
) -> None:
    """Train a relevance model on your signals, and say whether it beats the ranking without it.

    It takes part in recommendations only where it does. With FILE: train on labelled pairs of
    texts instead (CSV or JSON lines with user_text, video_text and is_relevant, 0 or 1), for
    trying things out; or use a model that was saved so. Nothing of it enters recommendations.
    """
    app.log_to_file()
    if file is None:
        if test or output or recommend:
            raise click.UsageError("--test, --output and --recommend belong to a FILE.")
        _on_signals(app, as_data=as_data)
        return
    model, data = _of_file(app, file, test)
    if output is not None:
        model.save(output)
        narrate(f"Saved: {output}. To use it: matinee train {output} --recommend TEXT")
    if recommend is not None:
        data["videos"] = _recommended(app, model, recommend, k)
    tell(json_line(data) if as_data else file_as_text(data))


# --- the viewer's own signals ------------------------------------------------------------------


def _on_signals(app: App, *, as_data: bool) -> None:
    from assistant.cli.progress import ProgressBars
    from assistant.relevance.kept import NAME, keep
    from assistant.relevance.training import TooFew
    from assistant.relevance.training import train as train_on

    with ProgressBars() as bars, _store(app, bars) as store:
        signals = store.library.interactions()
        trained = train_on(signals, store, app.settings().recommend, reporter=bars)
        if isinstance(trained, TooFew):
            store.library.remove_trained_model(NAME)
        else:
            keep(store.library, store.embedder.key, trained.model, trained.report)
    if isinstance(trained, TooFew):
        data = too_few(trained)
        tell(json_line(data) if as_data else data["problem"])
    else:
        report = trained.report
        tell(json_line(report.model_dump(mode="json")) if as_data else as_text(report))


@contextmanager
def _store(app: App, narrator: Narrator) -> Iterator[RetrievalStore]:
    """The library with its vectors, searched without the index, which a chat may hold."""
    from assistant.retrieve import RetrievalStore
    from store.embedder import SentenceEmbedder
    from store.vectors import Searcher

    with app.library(narrator) as library:
        embedder = SentenceEmbedder.load(app.settings().embedding)
        searcher = Searcher(library, embedder.key, None)
        searcher.refresh()
        yield RetrievalStore(library, searcher, embedder, library.community())


# --- a labelled file ---------------------------------------------------------------------------


def _of_file(app: App, file: Path, test: Path | None) -> tuple[PairModel, dict[str, Any]]:
    """The model that a file of pairs gives, or that it is, with what is to be told of it."""
    from assistant.cli.progress import ProgressBars
    from assistant.relevance.pairs import PairModel, is_saved_model, learn, measure_file
    from store.embedder import SentenceEmbedder

    embedder = SentenceEmbedder.load(app.settings().embedding)
    with ProgressBars() as bars:
        if not is_saved_model(file):
            learned = learn(file, embedder, test=test, reporter=bars)
            return learned.model, learned.report.model_dump(mode="json")
        model = PairModel.load(file)
        if test is None:
            return model, {}
        return model, {"test": measure_file(model, test, embedder, bars).model_dump(mode="json")}


def _recommended(app: App, model: PairModel, text: str, k: int) -> list[dict[str, object]]:
    from assistant.cli.narration import LineNarrator
    from assistant.relevance.pairs import recommend_videos

    with _store(app, LineNarrator()) as store:
        found = recommend_videos(model, text, k, store)
        videos = store.library.get([video_id for video_id, _ in found])
    return [
        {"id": video_id, "title": videos[video_id].title, "probability": round(probability, 4)}
        for video_id, probability in found
    ]
