"""What `assistant.doctor.apart` runs: native code is loaded here, where it harms nobody.

``python -P -m assistant.doctor.probes NAME [SETTINGS]`` prints one JSON object. Settings are those
of the model, in JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from assistant.errors import MatineeError
from assistant.settings import EmbeddingSettings, LanguageModelSettings
from assistant.startup import prepare_process

_SAMPLE = "a quiet film about a lighthouse"


def embedding(settings: str) -> dict[str, Any]:
    """Embed one text as a question is: through the encoder of our own where there is one."""
    from store.embedder import SentenceEmbedder

    model = SentenceEmbedder.load(EmbeddingSettings.model_validate_json(settings))
    [vector] = model.encode_queries([_SAMPLE])
    return {"dimension": model.dimension, "length": float((vector**2).sum() ** 0.5)}


def torch(settings: str) -> dict[str, Any]:
    """Embed one text as an import does: through torch, on the device in force."""
    import torch

    from store.embedder import SentenceEmbedder

    encoder = SentenceEmbedder.load(EmbeddingSettings.model_validate_json(settings)).encoder
    vector = encoder.encode_document([_SAMPLE], show_progress_bar=False)
    gpu = torch.cuda.is_available()
    return {
        "device": str(encoder.device),
        "gpu": torch.cuda.get_device_name(0) if gpu else None,
        "gpu_memory": torch.cuda.mem_get_info(0) if gpu else None,
        "mps": torch.backends.mps.is_available(),
        "length": float((vector**2).sum() ** 0.5),
    }


def llama(settings: str) -> dict[str, Any]:
    """Load llama.cpp, and the model that is set; let it read a few words."""
    import llama_cpp

    answer: dict[str, Any] = {"gpu": bool(llama_cpp.llama_supports_gpu_offload())}
    given = LanguageModelSettings.model_validate_json(settings)
    from assistant.cancel import CancelToken
    from assistant.models import open_model

    model = open_model(given)
    if model is not None:
        [likelihood] = model.likelihoods("", [_SAMPLE], CancelToken())
        model.close()
        answer |= {"name": model.name, "log_probability": likelihood.log_probability}
    return answer


def server(request: str) -> dict[str, Any]:
    """Reach a Chroma server, and look into the collection that is asked about."""
    from store.index.chroma import ChromaFailure, ChromaUnavailable, Server
    from store.index.probe import look

    asked = json.loads(request)
    try:
        report = look(Server(asked["address"]).collection(asked["collection"]))
    except ChromaUnavailable as failure:
        return {"unreachable": str(failure)}
    except ChromaFailure as failure:
        return {"unreachable": "", "problem": str(failure)}
    return {"unreachable": "", **report.model_dump()}


_PROBES: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "embedding": embedding,
    "llama": llama,
    "server": server,
    "torch": torch,
}


def main() -> None:
    """Make the probe that the command line names. What libraries print goes elsewhere."""
    prepare_process()
    answers = os.dup(1)
    os.dup2(2, 1)
    name, settings = sys.argv[1:]
    try:
        answer = _PROBES[name](settings)
    except MatineeError as error:
        answer = {"error": [error.title, error.detail, error.hint]}
    os.write(answers, f"{json.dumps(answer)}\n".encode())


if __name__ == "__main__":
    main()
