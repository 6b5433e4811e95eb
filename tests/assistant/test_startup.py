"""What a process of ours has set before it loads anything, and that libraries heed it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.network.life import TALKATIVE, environment_at

TELL = """
import json, os, sys
from assistant.startup import prepare_process
prepare_process()

import chromadb.config
import huggingface_hub.constants
import transformers.utils.hub
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import NoOpTracer

chroma = chromadb.config.Settings(_env_file=None)
print(json.dumps({
    "umask": os.umask(0),
    "OMP_WAIT_POLICY": os.environ["OMP_WAIT_POLICY"],
    "hugging face offline": huggingface_hub.constants.HF_HUB_OFFLINE,
    "hugging face silent": huggingface_hub.constants.HF_HUB_DISABLE_TELEMETRY,
    "transformers offline": transformers.utils.hub.is_offline_mode(),
    "traces": not isinstance(TracerProvider().get_tracer("x"), NoOpTracer),
    "chroma's telemetry": chroma.anonymized_telemetry,
    "chroma's traces": chroma.chroma_otel_granularity,
    "chroma's server": "fastapi" in chroma.chroma_api_impl,
    "chroma's token": chroma.chroma_client_auth_credentials,
}))
"""


def told(home: Path, program: str, **more: str) -> Any:
    """What a program prints that runs where everything asks for a network."""
    environment = environment_at(home) | TALKATIVE | more
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_libraries_heed_the_switches_whatever_the_environment_says(tmp_path: Path) -> None:
    assert told(
        tmp_path,
        TELL,
        OTEL_SDK_DISABLED="false",
        OMP_WAIT_POLICY="active",
        chroma_otel_granularity="all",
        CHROMA_CLIENT_AUTH_CREDENTIALS="a token",
    ) == {
        "umask": 0o077,
        "OMP_WAIT_POLICY": "active",
        "hugging face offline": True,
        "hugging face silent": True,
        "transformers offline": True,
        "traces": False,
        "chroma's telemetry": False,
        "chroma's traces": None,
        "chroma's server": False,
        "chroma's token": "a token",
    }


LIMITS = """
import json, resource
from assistant.startup import prepare_process
prepare_process()
print(json.dumps(resource.getrlimit(resource.RLIMIT_CORE)))
"""


def test_a_crash_leaves_no_image_of_the_memory(tmp_path: Path) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    assert told(tmp_path, LIMITS) == [0, most]
