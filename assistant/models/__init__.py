"""Language models: the local one (llama.cpp) and the scripted one for tests of conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.models.base import LanguageModel
    from assistant.settings import LanguageModelSettings


def open_model(settings: LanguageModelSettings) -> LanguageModel | None:
    """The language model that the settings name, loaded; None when they say ``none``.

    Raises:
        ModelError: there is no such model, or it cannot be loaded.
    """
    from assistant.models.known import NO_MODEL
    from assistant.models.local import LocalModel

    return None if settings.model == NO_MODEL else LocalModel.load(settings)
