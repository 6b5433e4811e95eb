"""``matinee memory``: what is remembered of the person, listed, added to, changed, forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from assistant.cli.context import App
from assistant.cli.narration import tell
from assistant.types import Scope

if TYPE_CHECKING:
    from assistant.types import Preference

_STORED = [scope.value for scope in Scope if scope is not Scope.SESSION]
_NOTHING = """Nothing is remembered. Say, for example:
  matinee memory add "I never watch horror\""""
_as_data = click.option("--json", "as_data", is_flag=True, help="Print JSON.")
_scope = click.option(
    "--scope",
    type=click.Choice(_STORED),
    help="When it holds, where the text does not say: with the kids, your partner, friends.",
)


@click.group(invoke_without_command=True)
@_as_data
@click.pass_context
def memory(context: click.Context, as_data: bool) -> None:
    """List what Matinee remembers of you, and change it.

    It remembers what you say about yourself in a chat ("I never watch horror", "my kids love
    dinosaurs") or here, and says so each time. Nothing else is kept under this name.
    """
    if context.invoked_subcommand is None:
        with context.obj.library() as library:
            known = library.preferences()
        _print(known, as_data, _NOTHING)


@memory.command()
@click.argument("text")
@_scope
@_as_data
@click.pass_obj
def add(app: App, text: str, scope: str | None, as_data: bool) -> None:
    """Remember TEXT, what you would say in a chat: "I love Ghibli", "no films over two hours"."""
    from assistant.memory_commands import stated

    found = stated(text, Scope(scope) if scope else None)
    if not found:
        raise click.UsageError("There are no words in that.")
    if any(one.scope is Scope.SESSION for one in found):
        raise click.UsageError("That holds for today alone. Say it in a chat: matinee chat")
    with app.library() as library:
        kept = [library.add_preference(one) for one in found]
    _print(kept, as_data)


@memory.command()
@click.argument("number", metavar="ID", type=int)
@click.argument("text")
@_scope
@_as_data
@click.pass_obj
def edit(app: App, number: int, text: str, scope: str | None, as_data: bool) -> None:
    """Remember TEXT in the place of what has the number ID."""
    from assistant.memory_commands import instead_of

    with app.library() as library:
        known = {one.id: one for one in library.preferences()}
        _check([number], known)
        new = instead_of(known[number], text, Scope(scope) if scope else None)
        if new is None:
            raise click.UsageError("There are no words in that.")
        if new.scope is Scope.SESSION:
            raise click.UsageError("That holds for today alone. Say it in a chat: matinee chat")
        changed = library.change_preference(number, new)
    _print([changed], as_data)


@memory.command()
@click.argument("ids", metavar="[ID]...", type=int, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Forget all of it.")
@_as_data
@click.pass_obj
def forget(app: App, ids: tuple[int, ...], everything: bool, as_data: bool) -> None:
    """Forget what has these numbers, or all of it.

    It is gone from the library at once. Snapshots keep it for as long as they are kept; to leave
    no copy at all: matinee forget memory.
    """
    if bool(ids) is everything:
        raise click.UsageError("Give the numbers of what is to be forgotten, or --all.")
    with app.library() as library:
        known = {one.id: one for one in library.preferences()}
        _check(ids, known)
        chosen = list(known.values()) if everything else [known[id_] for id_ in dict.fromkeys(ids)]
        for one in chosen:
            library.forget_preference(one.id or 0)
    _print(chosen, as_data, "There was nothing to forget.", done="Forgotten: ")


def _check(ids: Sequence[int], known: dict[int | None, Preference]) -> None:
    """Refuse numbers under which nothing is remembered."""
    if missing := [str(id_) for id_ in ids if id_ not in known]:
        raise click.ClickException(
            f"Nothing is remembered under {', '.join(missing)}.\nSee what is: matinee memory"
        )


def _print(
    preferences: Sequence[Preference], as_data: bool, nothing: str = "", done: str = ""
) -> None:
    """Print preferences, a line each, or as JSON."""
    if as_data:
        import json

        rows = [one.model_dump(mode="json", exclude_defaults=True) for one in preferences]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    from assistant.replies.memory import meaning, scope_name

    if not preferences:
        tell(nothing)
    for one in preferences:
        told = f"{scope_name(one.scope, 'en')}: {one.said} ({meaning(one, 'en')})"
        tell(f"{done}{one.said}" if done else f"{one.id:>4}  {told}")
