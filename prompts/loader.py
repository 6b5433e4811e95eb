"""Prompts: one YAML file each, with named variables and a strict model."""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.errors import PromptError, problems_of

VARIABLE = re.compile(r"\{([a-z_]+)\}")
"""How a text names what is filled in: ``{title}``."""

Texts = Annotated[tuple[str, ...], Field(strict=False)]
"""A list of texts in a file."""


class FileModel(BaseModel):
    """What a file of this package holds: no key may be missing, unknown or of another type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Model = TypeVar("Model", bound=FileModel)


class Prompt(FileModel):
    """A text for a model, with named variables."""

    name: str
    description: str
    variables: Texts
    text: str

    @model_validator(mode="after")
    def _declared(self) -> Prompt:
        used = set(VARIABLE.findall(self.text))
        if used != set(self.variables):
            raise ValueError(f"the text uses {sorted(used)} and declares {sorted(self.variables)}")
        return self

    def render(self, **variables: str) -> str:
        """The text with its variables filled in. What is filled in is not looked into again.

        Raises:
            PromptError: a variable is missing, or the text has no such variable.
        """
        missing = [name for name in self.variables if name not in variables]
        unknown = [name for name in variables if name not in self.variables]
        if missing or unknown:
            raise PromptError(
                f"The prompt “{self.name}” cannot be filled in.",
                "; ".join(
                    f"{problem}: {', '.join(names)}"
                    for problem, names in (("missing", missing), ("unknown", unknown))
                    if names
                ),
                f"Its variables are: {', '.join(self.variables) or 'none'}.",
            )
        return VARIABLE.sub(lambda match: variables[match[1]], self.text)


@functools.cache
def load(name: str) -> Prompt:
    """The prompt in ``prompts/NAME.yaml``.

    Raises:
        PromptError: there is no such file, or it is not as a prompt must be.
    """
    prompt = read(name, Prompt)
    if prompt.name != name:
        raise PromptError(
            "A prompt has the wrong name.", f"{name}.yaml says it is “{prompt.name}”."
        )
    return prompt


def read(name: str, model: type[Model]) -> Model:
    """The content of ``prompts/NAME.yaml``, validated.

    Raises:
        PromptError: there is no such file, or it is not as `model` says.
    """
    file = resources.files("prompts").joinpath(f"{name}.yaml")
    try:
        content: Any = yaml.safe_load(file.read_text("utf-8"))
        return model.model_validate(content)
    except FileNotFoundError as error:
        raise PromptError("There is no such prompt.", f"prompts/{name}.yaml") from error
    except yaml.YAMLError as error:
        raise PromptError("A prompt file is not YAML.", f"prompts/{name}.yaml: {error}") from error
    except ValidationError as error:
        problems = "; ".join(problems_of(error))
        raise PromptError("A prompt file is wrong.", f"prompts/{name}.yaml: {problems}") from error
