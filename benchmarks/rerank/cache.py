"""A language model that is asked once, so that a measurement can be repeated."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.cancel import CancelToken
from assistant.models.base import Likelihood
from assistant.models.local import LocalModel

_SCHEMA = """
CREATE TABLE IF NOT EXISTS likelihoods (
    prefix BLOB NOT NULL,  -- SHA-256 of the model's fingerprint and the prefix
    continuation TEXT NOT NULL,
    log_probability REAL NOT NULL,
    tokens INTEGER NOT NULL,
    PRIMARY KEY (prefix, continuation)
) WITHOUT ROWID
"""


class CachedModel:
    """Asks a model once for each prefix and continuation.

    Args:
        model: asked for what is not known.
        file: a SQLite database; made where there is none.
    """

    def __init__(self, model: LocalModel, file: Path) -> None:
        self._model = model
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(_SCHEMA)

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self._model.name

    @property
    def fingerprint(self) -> str:
        """Changes whenever the weights do."""
        return self._model.fingerprint

    @property
    def parameters(self) -> int:
        """Those of the model behind it."""
        return self._model.parameters

    def likelihoods(
        self, prefix: str, continuations: Sequence[str], cancel: CancelToken
    ) -> list[Likelihood]:
        """How likely each continuation is after `prefix`: see `LanguageModel.likelihoods`."""
        key = hashlib.sha256(f"{self.fingerprint}\0{prefix}".encode()).digest()
        rows = self._database.execute(
            "SELECT continuation, log_probability, tokens FROM likelihoods WHERE prefix = ?", (key,)
        )
        known = {text: Likelihood(value, tokens) for text, value, tokens in rows}
        missing = [text for text in dict.fromkeys(continuations) if text not in known]
        if missing:
            new = dict(zip(missing, self._model.likelihoods(prefix, missing, cancel), strict=True))
            self._database.executemany(
                "INSERT OR REPLACE INTO likelihoods VALUES (?, ?, ?, ?)",
                [(key, text, one.log_probability, one.tokens) for text, one in new.items()],
            )
            known |= new
        return [known[text] for text in continuations]

    def choose(
        self,
        system: str,
        user: str,
        sentences: Sequence[str],
        cancel: CancelToken,
        *,
        temperature: float,
        seed: int,
    ) -> Iterator[str]:
        """Write one of `sentences`: see `LanguageModel.choose`."""
        return self._model.choose(
            system, user, sentences, cancel, temperature=temperature, seed=seed
        )

    def write(
        self,
        system: str,
        user: str,
        cancel: CancelToken,
        *,
        max_tokens: int,
        temperature: float,
        seed: int,
        schema: Mapping[str, object] | None = None,
    ) -> Iterator[str]:
        """Write freely: see `LanguageModel.write`."""
        return self._model.write(
            system,
            user,
            cancel,
            max_tokens=max_tokens,
            temperature=temperature,
            seed=seed,
            schema=schema,
        )

    def close(self) -> None:
        """Free the model, and close the file."""
        self._model.close()
        self._database.close()
