"""What holds in a process of Matinee from its first moment: off the network, private, patient.

Dependencies read their switches once, when they are loaded, and pass them on to their children. So
all of them are here, and are set before anything else is loaded.
"""

import os

SWITCHES = {
    "ANONYMIZED_TELEMETRY": "False",  # chromadb
    "DO_NOT_TRACK": "1",  # huggingface_hub, and whoever else keeps to donottrack.sh
    "GGML_NO_BACKTRACE": "1",  # llama.cpp: a failed check would start gdb, which prints arguments
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",  # sentence-transformers, transformers, tokenizers, huggingface_hub
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime, which chromadb brings along
    "OTEL_SDK_DISABLED": "true",  # opentelemetry, which chromadb traces its calls with
    "PYDANTIC_DISABLE_PLUGINS": "__all__",  # what is installed beside us, and watches models
    "TRANSFORMERS_OFFLINE": "1",
}
"""Of every dependency that would send something or look something up by itself."""

_CHROMA = "CHROMA_"
_CHROMA_CREDENTIALS = ("CHROMA_AUTH_", "CHROMA_CLIENT_AUTH_")
_PRIVATE = 0o077


def stay_offline() -> None:
    """Switch off whatever would use the network without being asked to.

    Whatever the environment says: somebody who named a server to another program with Chroma's
    own variables, or let it send traces, has not asked Matinee to. Matinee's settings alone name a
    server; the credentials for it may still come from the environment.
    """
    os.environ.update(SWITCHES)
    for name in list(os.environ):
        known = name.upper()  # to Chroma either case is the same
        if known.startswith(_CHROMA) and not known.startswith(_CHROMA_CREDENTIALS):
            del os.environ[name]


def prepare_process() -> None:
    """Make this process fit for a person's data. For the entry points, before all else.

    Nothing goes over the network unasked, files are created for their owner alone, and a crash
    leaves no image of the memory behind.
    """
    stay_offline()
    os.umask(_PRIVATE)
    _leave_no_core()
    _wait_passively()


def _leave_no_core() -> None:
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))


def _wait_passively() -> None:
    """Have the threads of torch and llama.cpp sleep while they wait for each other.

    By default they spin. Where anything else wants the cores that makes 16 titles take 4 to 8 s
    instead of 0.6 s; where nothing does, it makes no difference. OpenMP reads this when it is
    loaded.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
