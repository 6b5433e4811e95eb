"""What was learned from the person's signals, and what language models were measured to add."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from store.library.database import Database


class TrainedModel(NamedTuple):
    """A model trained on the person's own signals."""

    trained_at: datetime
    report: Mapping[str, Any]
    """What was measured on held-out signals: values of JSON."""
    model: bytes


class LanguageModelGain(NamedTuple):
    """What reranking by a language model was worth."""

    measured_at: datetime
    weight: float
    """By which it takes part from then on; 0 for not at all."""
    report: Mapping[str, Any]
    """On what it was measured, and how much it was: values of JSON."""


class SentenceWriter(NamedTuple):
    """Whether a language model writes only what is known."""

    measured_at: datetime
    passed: bool
    report: Mapping[str, Any]
    """Of how many sentences, how many: values of JSON."""


class Trained(Database):
    """The part of the library that keeps trained models and what was measured of language models.

    All can be had again. Trained models and gains say something of the person: they go when signals
    are forgotten.
    """

    def put_trained_model(
        self, name: str, key: str, model: bytes, report: Mapping[str, Any]
    ) -> None:
        """Store a model in place of the one before it.

        Args:
            name: what it is for.
            key: of all that it reads, so that it is not used on something else.
            model: in a form of its own.
            report: values of JSON.
        """
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO trained_models (name, key, trained_at, report, model)"
                " VALUES (?, ?, ?, ?, ?)",
                (name, key, _now(), json.dumps(report, allow_nan=False), model),
            )

    def trained_model(self, name: str, key: str) -> TrainedModel | None:
        """The model of that name; None when there is none that reads what `key` says."""
        row = self._connection.execute(
            "SELECT trained_at, report, model FROM trained_models WHERE name = ? AND key = ?",
            (name, key),
        ).fetchone()
        if row is None:
            return None
        trained_at, report, model = row
        with self._decoding("trained_models"):
            return TrainedModel(datetime.fromisoformat(trained_at), json.loads(report), model)

    def remove_trained_model(self, name: str) -> None:
        """Remove the model of that name, if there is one."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM trained_models WHERE name = ?", (name,))

    def put_language_model_gain(self, model: str, weight: float, report: Mapping[str, Any]) -> None:
        """Store what a language model is worth, in place of what was measured before.

        Args:
            model: the key of its likelihoods: it changes with the model and the prompt.
            weight: by which it takes part from now on.
            report: values of JSON.
        """
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO language_model_gains (model, measured_at, weight, report)"
                " VALUES (?, ?, ?, ?)",
                (model, _now(), weight, json.dumps(report, allow_nan=False)),
            )

    def language_model_gain(self, model: str) -> LanguageModelGain | None:
        """What was measured of the language model with that key; None when nothing was."""
        row = self._connection.execute(
            "SELECT measured_at, weight, report FROM language_model_gains WHERE model = ?", (model,)
        ).fetchone()
        if row is None:
            return None
        measured_at, weight, report = row
        with self._decoding("language_model_gains"):
            return LanguageModelGain(
                datetime.fromisoformat(measured_at), float(weight), json.loads(report)
            )

    def put_sentence_writer(self, model: str, passed: bool, report: Mapping[str, Any]) -> None:
        """Store whether a language model may write freely, in place of what was measured before.

        Args:
            model: its key as a writer: it changes with the model and the prompts.
            passed: whether it may.
            report: values of JSON.
        """
        with self._transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO sentence_writers (model, measured_at, passed, report)"
                " VALUES (?, ?, ?, ?)",
                (model, _now(), passed, json.dumps(report, allow_nan=False)),
            )

    def sentence_writer(self, model: str) -> SentenceWriter | None:
        """What was measured of the writer with that key; None when nothing was."""
        row = self._connection.execute(
            "SELECT measured_at, passed, report FROM sentence_writers WHERE model = ?", (model,)
        ).fetchone()
        if row is None:
            return None
        measured_at, passed, report = row
        with self._decoding("sentence_writers"):
            return SentenceWriter(
                datetime.fromisoformat(measured_at), bool(passed), json.loads(report)
            )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
