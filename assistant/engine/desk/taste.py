"""The viewer's interests, and the map of the library, from what the library holds."""

from __future__ import annotations

from assistant.cancel import CancelToken
from assistant.engine.desk.core import DeskCore, answers
from assistant.engine.protocol.taste import (
    MapShown,
    NameVideo,
    SetInterest,
    ShowMap,
    ShowTaste,
    TasteShown,
    VideoNamed,
)
from assistant.interests.maps import map_for, needs_map
from assistant.interests.mix import in_words
from assistant.interests.reading import Source, mix_of_last, report_of, set_interest, taste_of
from assistant.wording import facts


@answers(ShowTaste)
def show_taste(desk: DeskCore, _: ShowTaste, cancel: CancelToken) -> TasteShown:
    """Read the taste as recommendations do.

    Raises:
        MatineeError: the library cannot be read, or there is no embedding model.
    """
    cancel.check()
    return _shown(_source(desk))


@answers(SetInterest)
def set_an_interest(desk: DeskCore, request: SetInterest, _: CancelToken) -> TasteShown:
    """Set it, and read the taste anew.

    Raises:
        MatineeError: it cannot be set so, or the library cannot be written to.
    """
    source = _source(desk)
    set_interest(
        source, str(request.number), name=request.name, weight=request.weight, off=request.off
    )
    return _shown(source)


@answers(ShowMap)
def show_map(desk: DeskCore, _: ShowMap, cancel: CancelToken) -> MapShown:
    """The map that is kept, with what each video is to the viewer.

    Raises:
        MatineeError: the library cannot be read, or there is no embedding model.
    """
    source = _source(desk)
    cancel.check()
    shown = map_for(source, taste_of(source))
    return MapShown(map=shown, to_be_made=shown.outdated if shown else needs_map(source))


@answers(NameVideo)
def name_video(desk: DeskCore, request: NameVideo, _: CancelToken) -> VideoNamed:
    """Its title and what else is known of it, in a line.

    Raises:
        StoreError: the library cannot be read.
    """
    video = desk.library.get([request.video_id]).get(request.video_id)
    if video is None:
        return VideoNamed(video_id=request.video_id)
    return VideoNamed(
        video_id=video.id, title=video.title, facts=facts(video), keywords=video.keywords[:6]
    )


def _source(desk: DeskCore) -> Source:
    from store.embedder import model_key

    settings = desk.settings
    return Source(desk.library, model_key(settings.embedding), settings.recommend)


def _shown(source: Source) -> TasteShown:
    taste = taste_of(source)
    mix = mix_of_last(source, taste)
    told = in_words(mix) if mix else ""
    return TasteShown(report=report_of(source, taste), mix=mix, mix_told=told)
