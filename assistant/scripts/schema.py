"""A JSON Schema of scripts, for editors that complete and check them."""

from __future__ import annotations

from typing import Any

from assistant.scripts.format import ScriptFile

VARIABLE = {"type": "string", "pattern": r"^\$\{[^{}]+\}$"}
"""A variable, which may stand for any value."""


def schema() -> dict[str, Any]:
    """The schema of a file: a script, or fragments for others."""
    made = ScriptFile.model_json_schema(by_alias=True)
    definitions: dict[str, Any] = made["$defs"]
    for name, definition in definitions.items():
        definitions[name] = _with_variables(definition)
    made = _with_variables(made)
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "A scripted conversation of Matinee"
    made["anyOf"] = [{"required": ["name", "turns"]}, {"required": ["fragments"]}]
    made["properties"]["turns"]["minItems"] = 1
    return made


def _with_variables(definition: dict[str, Any]) -> dict[str, Any]:
    """`definition` with a variable allowed wherever it asks for something else than any text."""
    if "properties" not in definition:
        return definition
    properties = {name: _or_variable(one) for name, one in definition["properties"].items()}
    return definition | {"properties": properties}


def _or_variable(value: dict[str, Any]) -> dict[str, Any]:
    about = {key: value[key] for key in ("title", "description", "default") if key in value}
    asked = {key: item for key, item in value.items() if key not in about}
    if "items" in asked:
        asked["items"] = _or_variable(asked["items"])
    if asked == {"type": "string"} or asked.get("type") == "array" or not asked:
        return about | asked
    options = asked.pop("anyOf", None) or [asked]
    if any(option == {"type": "string"} for option in options):
        return about | {"anyOf": options}
    return about | {"anyOf": [*options, VARIABLE]}
