"""Settings: a TOML file, overridden by the environment (``MATINEE_RECOMMEND__PICKS=3``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.errors import MatineeError, problems_of
from assistant.types import Dial

_PREFIX = "MATINEE_"
_DELIMITER = "__"
PACKAGED = "packaged"
"""The name of the models that come with the installation."""


class Group(BaseModel):
    """A table of the settings file: an unknown key in it is an error, not silence.

    What stands below each field is its help: see `assistant.settings_described`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class EmbeddingSettings(Group):
    """The model that turns texts into vectors."""

    model: str = PACKAGED
    """``packaged`` (all-MiniLM-L6-v2), a folder, or the id of a model already downloaded."""
    device: str | None = None
    """``cpu``, ``cuda``, ``mps``; by default the best that is there."""
    batch_size: Annotated[int, Field(ge=1, le=4096)] = 32
    """Texts that it is given at once: more are faster, and take more memory."""


class LanguageModelSettings(Group):
    """The model that gives its opinion on titles and words the reasons."""

    model: str = PACKAGED
    """``packaged`` (SmolLM2-135M-Instruct), the path of a GGUF file, or ``none``."""
    gpu_layers: int = -1
    """Layers on the GPU where llama.cpp was built for one; -1 is all of them."""
    context: Annotated[int, Field(ge=512)] = 2048
    """Tokens that it has before it at once: more take more memory."""
    threads: Annotated[int, Field(ge=1)] | None = None
    """CPU threads; by default one for each core."""
    weight: Annotated[float, Field(ge=0.0, le=1.0)] | None = None
    """Its weight in the ranking; by default what was measured for the packaged model, else 0."""
    writes: bool = True
    """Whether it may give reasons in its own words, once ``matinee evaluate --sentences`` has found
    that it keeps to what is known."""


class RecommendSettings(Group):
    """How picks are made."""

    picks: Annotated[int, Field(ge=1, le=20)] = 5
    """How many an answer has, where the message does not say it."""
    dial: Dial = Dial.BALANCED
    """How far from what is known to be liked picks may go, when a chat begins."""
    taste: Literal["weighted", "mean"] = "weighted"
    """``weighted`` by signal and recency, or the plain unit ``mean`` of watched videos."""
    half_life_days: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 365.0
    """After so many days a signal counts half."""
    seed: int = 0
    """Makes random draws repeatable."""


def _server(address: str | None) -> str | None:
    if address is None:
        return None
    parts = urlsplit(address)  # reading the port checks it
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
        raise ValueError("not the address of a server, such as http://127.0.0.1:8000")
    return address.rstrip("/")


class PrivacySettings(Group):
    """What may be written down beside the library."""

    log_content: bool = False
    """Whether the log may quote what was asked and watched: for hunting a bug, no longer."""


class AppSettings(Group):
    """The terminal app."""

    theme: str = "matinee"
    """Its colours; the palette (Ctrl-P) shows each as it is."""
    player: str | None = None
    """The command that videos are opened with, such as ``mpv``; by default the web browser. The
    link is put at its end, or where ``{url}`` stands."""
    mouse: bool = True
    """Whether the app takes the mouse, from its next start on. Without, the terminal selects text
    as it always does."""


class Settings(BaseSettings):
    """Everything that can be set."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_nested_delimiter=_DELIMITER,
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
    )

    embedding: EmbeddingSettings = EmbeddingSettings()
    language_model: LanguageModelSettings = LanguageModelSettings()
    recommend: RecommendSettings = RecommendSettings()
    privacy: PrivacySettings = PrivacySettings()
    app: AppSettings = AppSettings()
    keys: Annotated[dict[str, str], BeforeValidator(lambda table: flat(table))] = {}
    """Keys of the app's commands: ``like = "l"``, ``quit = "ctrl+q,f10"``; all are in its help."""
    index: Annotated[str | None, AfterValidator(_server)] = None
    """The address of a Chroma server, ``http://host:port``; by default a folder of our own."""


class Origin(StrEnum):
    """Where the value of a setting comes from."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"


class Explained(NamedTuple):
    """A setting in force."""

    name: str
    """Dotted: ``recommend.picks``."""
    value: Any
    """As JSON has it."""
    origin: Origin


def explained(path: Path) -> list[Explained]:
    """Each setting in force, and where it comes from.

    Raises:
        MatineeError: the settings cannot be read.
    """
    in_force = load(path)
    in_file = flat(tomllib.loads(path.read_text("utf-8"))) if path.is_file() else {}
    in_environment = flat(EnvSettingsSource(Settings)())
    return [
        Explained(
            name,
            value,
            Origin.ENVIRONMENT
            if name in in_environment
            else Origin.FILE
            if name in in_file
            else Origin.DEFAULT,
        )
        for name, value in flat(in_force.model_dump(mode="json")).items()
    ]


def variable(name: str) -> str:
    """The environment variable that sets `name`: ``MATINEE_RECOMMEND__PICKS``."""
    return f"{_PREFIX}{name.replace('.', _DELIMITER)}".upper()


def flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The values of nested tables by their dotted names."""
    values: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            values.update(flat(value, f"{prefix}{name}."))
        else:
            values[prefix + name] = value
    return values


def load(path: Path | None = None) -> Settings:
    """Read the settings: the environment first, then the file at `path`, then the defaults.

    Raises:
        MatineeError: the file is not TOML, or a value is not allowed.
    """

    class FileSettings(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is theirs
            file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            toml = TomlConfigSettingsSource(settings_cls, toml_file=path)
            return init_settings, env_settings, toml

    try:
        return FileSettings()
    except ValidationError as error:
        problems = "; ".join(problems_of(error))
        raise MatineeError(
            "The settings cannot be used.", problems, f"Mend {path} or the MATINEE_ variables."
        ) from error
    except ValueError as error:  # tomllib.TOMLDecodeError is one
        raise MatineeError(
            "The settings file is not valid TOML.", f"{path}: {error}", "Mend or remove it."
        ) from error
