"""The library as the person looks through it and changes it."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from assistant.cancel import CancelToken
from assistant.engine.desk.core import DeskCore, answers
from assistant.engine.protocol.library import (
    BringBackVideos,
    CountVideos,
    EditTags,
    ListVideos,
    RemoveVideos,
    ShowVideo,
    VideosChanged,
    VideosCounted,
    VideoShown,
    VideosListed,
)
from assistant.listing import VideoDetails
from store.listing import VideoList

_lists: WeakKeyDictionary[DeskCore, VideoList] = WeakKeyDictionary()
"""What each desk looks through: what that keeps in memory is worth keeping."""


@answers(ListVideos)
def list_videos(desk: DeskCore, request: ListVideos, cancel: CancelToken) -> VideosListed:
    """A page of videos.

    Raises:
        StoreError: the library cannot be read.
    """
    cancel.check()
    return VideosListed(page=_videos(desk).page(request.query))


@answers(CountVideos)
def count_videos(desk: DeskCore, request: CountVideos, cancel: CancelToken) -> VideosCounted:
    """How many videos there are of each sort.

    Raises:
        StoreError: the library cannot be read.
    """
    cancel.check()
    return VideosCounted(counts=_videos(desk).facets(request.filter))


@answers(ShowVideo)
def show_video(desk: DeskCore, request: ShowVideo, cancel: CancelToken) -> VideoShown:
    """Everything that is known of a video.

    Raises:
        StoreError: there is no such video.
    """
    cancel.check()
    return VideoShown(details=_details(desk, request.video_id))


@answers(EditTags)
def edit_tags(desk: DeskCore, request: EditTags, _: CancelToken) -> VideoShown:
    """Give a video these tags; its vectors are made by whoever has the embedding model.

    Raises:
        StoreError: there is no such video, or the library cannot be written to.
    """
    from store.ingest import add_keywords

    desk.library.edit_tags(request.video_id, request.tags)
    add_keywords(desk.library)
    return VideoShown(details=_details(desk, request.video_id))


@answers(RemoveVideos)
def remove_videos(desk: DeskCore, request: RemoveVideos, _: CancelToken) -> VideosChanged:
    """Remove videos.

    Raises:
        StoreError: the library cannot be written to.
    """
    return VideosChanged(videos=desk.library.discard_videos(request.ids))


@answers(BringBackVideos)
def bring_back_videos(desk: DeskCore, request: BringBackVideos, _: CancelToken) -> VideosChanged:
    """Put videos back that were removed.

    Raises:
        StoreError: the library cannot be written to.
    """
    from store.ingest import add_keywords

    videos = desk.library.bring_back_videos(request.ids)
    add_keywords(desk.library)
    return VideosChanged(videos=videos)


def _videos(desk: DeskCore) -> VideoList:
    known = _lists.get(desk)
    if known is None or known.library is not desk.library:
        known = _lists[desk] = VideoList(desk.library)
    return known


def _details(desk: DeskCore, video_id: str) -> VideoDetails:
    from store.embedder import model_key

    return _videos(desk).details(video_id, model_key(desk.settings.embedding))
