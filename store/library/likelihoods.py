"""How likely a language model finds each title on its own: asked once, kept for good."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from store.library.database import Database


class TitleLikelihoods(Database):
    """The part of the library that keeps log P(title) by language model."""

    def put_title_likelihoods(
        self, model: str, likelihoods: Mapping[str, tuple[float, int]]
    ) -> None:
        """Store (log probability, tokens) by video id; ids not in the library are passed over."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO title_likelihoods"
                " SELECT ?, id, ?, ? FROM videos WHERE id = ?",
                [
                    (model, log_probability, tokens, id_)
                    for id_, (log_probability, tokens) in likelihoods.items()
                ],
            )

    def title_likelihoods(self, model: str, ids: Iterable[str]) -> dict[str, tuple[float, int]]:
        """(log probability, tokens) of those of `ids` for which the model was asked."""
        rows = self._connection.execute(
            "SELECT video_id, log_probability, tokens FROM title_likelihoods WHERE model = ?"
            " AND video_id IN (SELECT value FROM json_each(?))",
            (model, json.dumps(list(ids))),
        )
        return {id_: (log_probability, tokens) for id_, log_probability, tokens in rows}
