"""A person's changes of the library: their tags, and which videos are in it."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.types import Video
from store.library.own import (
    OwnEdits,
    OwnTags,
    cleaned_tags,
    no_such_video,
    removed_video_of,
    write_own_tags,
    write_removed,
)
from store.library.videos import Videos


class Editing(OwnEdits, Videos):
    """The part of the library that a person changes by hand. No import undoes it."""

    def edit_tags(self, video_id: str, tags: Iterable[str]) -> Video:
        """Give a video these tags, also when it is imported again; return it.

        Tags that its source gives it later are added to them. A video whose tags changed is found
        by them at once; its keywords and vectors are to be made anew, as after an import.

        Args:
            video_id: the video.
            tags: all that it is to have; they are cleaned.

        Raises:
            StoreError: there is no such video.
        """
        wanted = cleaned_tags(tags)
        with self._transaction() as connection, self._decoding("own_tags"):
            video = self.get([video_id]).get(video_id)
            if video is None:
                raise no_such_video(video_id)
            own = self.own_tags([video_id]).get(video_id, OwnTags())
            write_own_tags(connection, video_id, own.to_have(wanted, video.tags))
            edited = video.model_copy(update={"tags": wanted, "keywords": ()})
            if wanted != video.tags:
                self._put(connection, {video_id: edited})
        return self.get([video_id])[video_id]

    def discard_videos(self, ids: Iterable[str]) -> tuple[Video, ...]:
        """Remove videos so that no import brings them again unasked; return those that there were.

        The history keeps naming them, and they can be brought back.
        """
        wanted = list(ids)
        with self._transaction() as connection:
            gone = tuple(self.get(wanted).values())
            self._remove(connection, (video.id for video in gone))
            for video in gone:
                write_removed(connection, video)
        return gone

    def bring_back_videos(self, ids: Iterable[str]) -> tuple[Video, ...]:
        """Put videos that were discarded back; return those that there were.

        What is derived from them is to be made anew, as after an import.
        """
        wanted = list(dict.fromkeys(ids))
        with self._transaction() as connection, self._decoding("removed_videos"):
            rows = connection.execute("SELECT video_id, video, at FROM removed_videos").fetchall()
            known = {row[0]: row for row in rows if row[0] in set(wanted)}
            back = {id_: removed_video_of(*known[id_]).video for id_ in wanted if id_ in known}
            self._put(connection, back)
        return tuple(back.values())
