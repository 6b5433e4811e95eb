"""Every check, in the order in which they are made."""

from __future__ import annotations

from assistant.doctor import (
    contents,
    folders,
    index,
    leftovers,
    library,
    locks,
    models,
    program,
    snapshots,
)
from assistant.doctor.findings import Check

_READABLE = ("library",)
_WHOLE = ("library", "schema", "pages")
_SETTINGS = ("settings",)

CHECKS = (
    Check("versions", program.versions),
    Check("database engine", program.database_engine),
    Check("settings", program.settings),
    Check("network", program.network, _SETTINGS),
    Check("folders", folders.folders),
    Check("permissions", folders.permissions),
    Check("disk space", folders.disk),
    Check("log", folders.log_file),
    Check("in use", locks.locks),
    Check("leftovers", leftovers.leftovers),
    Check("library", library.library_file),
    Check("schema", library.schema, _READABLE),
    Check("pages", library.pages, _READABLE),
    Check("videos", contents.videos, _WHOLE),
    Check("full text", contents.full_text, (*_WHOLE, "videos")),
    Check("keywords", contents.keywords, _WHOLE),
    Check("vectors", contents.vectors, _WHOLE),
    Check("history", contents.history, _WHOLE),
    Check("others' ratings", contents.community, _WHOLE),
    Check("snapshots", snapshots.snapshots),
    Check("embedding model", models.embedding_model, _SETTINGS),
    Check("torch", models.torch, ("settings", "embedding model")),
    Check("language model", models.language_model, _SETTINGS),
    Check("llama.cpp", models.llama, ("settings", "language model")),
    Check("missing vectors", contents.missing_vectors, (*_WHOLE, "embedding model")),
    Check("index server", index.index_server, ("settings", "embedding model")),
    Check("index", index.index, (*_WHOLE, "embedding model", "index server")),
)
"""Each after those that it needs."""
