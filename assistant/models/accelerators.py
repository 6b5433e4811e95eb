"""What can compute on a GPU here. Asked in a process of its own: native code is loaded for it.

``python -P -m assistant.models.accelerators`` prints one JSON object.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.startup import prepare_process

_DRIVER = Path("/proc/driver/nvidia/gpus")
"""Where NVIDIA's driver on Linux says which cards there are, whoever can use them."""
_MODEL = re.compile(r"^Model:\s*(.+?)\s*$", re.MULTILINE)


class Gpu(BaseModel):
    """A GPU of this machine."""

    model_config = ConfigDict(frozen=True)

    name: str
    memory: int | None = None
    """Bytes; None where nobody says."""


class Accelerators(BaseModel):
    """What llama.cpp and torch can use."""

    model_config = ConfigDict(frozen=True)

    llama: bool
    """Whether llama.cpp was built for a GPU, and sees one or more."""
    torch: bool
    """Whether torch uses one."""
    gpus: tuple[Gpu, ...] = ()
    """All that there are, whether or not anything here can use them."""


def look() -> Accelerators:
    """Load llama.cpp and torch, and ask them."""
    import llama_cpp
    import torch

    llama = bool(llama_cpp.llama_supports_gpu_offload())
    if torch.cuda.is_available():
        cards = map(torch.cuda.get_device_properties, range(torch.cuda.device_count()))
        gpus = tuple(Gpu(name=card.name, memory=card.total_memory) for card in cards)
        return Accelerators(llama=llama, torch=True, gpus=gpus)
    if torch.backends.mps.is_available():
        return Accelerators(llama=llama, torch=True, gpus=(Gpu(name="Apple GPU"),))
    return Accelerators(llama=llama, torch=False, gpus=known_to_driver())


def known_to_driver(folder: Path = _DRIVER) -> tuple[Gpu, ...]:
    """The cards of NVIDIA's driver on Linux; none elsewhere."""
    texts = []
    for path in sorted(folder.glob("*/information")):
        with suppress(OSError):
            texts.append(path.read_text("utf-8", "replace"))
    return tuple(Gpu(name=found[1]) for text in texts if (found := _MODEL.search(text)))


def main() -> None:
    """Print what there is. What libraries print goes to standard error."""
    prepare_process()
    answers = os.dup(1)
    os.dup2(2, 1)
    os.write(answers, f"{look().model_dump_json()}\n".encode())


if __name__ == "__main__":
    main()
