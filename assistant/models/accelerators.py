"""What can compute on a GPU here. Asked in a process of its own: native code is loaded for it.

``python -P -m assistant.models.accelerators`` prints one JSON object.
"""

from __future__ import annotations

import os

from pydantic import BaseModel, ConfigDict

from assistant.startup import prepare_process


class Accelerators(BaseModel):
    """What llama.cpp and torch can use."""

    model_config = ConfigDict(frozen=True)

    llama: bool
    """Whether llama.cpp was built for a GPU, and sees one or more."""
    torch: str | None
    """The GPU that torch sees: its name, or ``MPS`` for Apple's."""
    torch_memory: int | None = None
    """Bytes of it."""


def look() -> Accelerators:
    """Load llama.cpp and torch, and ask them."""
    import llama_cpp
    import torch

    llama = bool(llama_cpp.llama_supports_gpu_offload())
    if torch.cuda.is_available():
        properties = torch.cuda.get_device_properties(0)
        return Accelerators(
            llama=llama, torch=properties.name, torch_memory=properties.total_memory
        )
    return Accelerators(llama=llama, torch="MPS" if torch.backends.mps.is_available() else None)


def main() -> None:
    """Print what there is. What libraries print goes to standard error."""
    prepare_process()
    answers = os.dup(1)
    os.dup2(2, 1)
    os.write(answers, f"{look().model_dump_json()}\n".encode())


if __name__ == "__main__":
    main()
