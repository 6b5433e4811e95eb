"""``matinee taste``: the viewer's interests, beside what was recommended; rename, weigh, switch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from assistant.cli.context import App
from assistant.cli.narration import tell

if TYPE_CHECKING:
    from assistant.interests.mix import Mix
    from assistant.interests.reading import Source
    from assistant.interests.report import InterestReport, TasteReport

_NOTHING = """Nothing is known of your taste yet. Say in a chat what you liked ("I loved Alien"),
like a pick with l, or import what you watched: matinee import FILE"""
_BAR = 20
_EXAMPLES = 3
_as_data = click.option("--json", "as_data", is_flag=True, help="Print JSON.")


@click.group(invoke_without_command=True)
@_as_data
@click.pass_context
def taste(context: click.Context, as_data: bool) -> None:
    """Show your interests, as found in what you liked, and the last picks beside them.

    An interest is called by its number or its name: matinee taste weight 2 1.5
    """
    if context.invoked_subcommand is None:
        with _source(context.obj) as source:
            _show(source, as_data)


@taste.command()
@click.argument("interest")
@click.argument("name")
@click.pass_obj
def rename(app: App, interest: str, name: str) -> None:
    """Call an INTEREST by a NAME of your own; "" gives it back the one of its keywords."""
    _set(app, interest, name=name)


@taste.command()
@click.argument("interest")
@click.argument("weight", type=click.FloatRange(0.0, 2.0))
@click.pass_obj
def weight(app: App, interest: str, weight: float) -> None:
    """Say how much an INTEREST counts beside the others: 0 to 2, 1 as it is found."""
    _set(app, interest, weight=weight)


@taste.command()
@click.argument("interest")
@click.pass_obj
def off(app: App, interest: str) -> None:
    """Switch an INTEREST off: its likes count as if they were none."""
    _set(app, interest, off=True)


@taste.command()
@click.argument("interest")
@click.pass_obj
def on(app: App, interest: str) -> None:
    """Switch an INTEREST on again, with the weight that it had."""
    _set(app, interest, off=False)


@contextmanager
def _source(app: App) -> Iterator[Source]:
    from assistant.interests.reading import Source
    from store.embedder import model_key

    settings = app.settings()
    with app.library() as library:
        yield Source(library, model_key(settings.embedding), settings.recommend)


def _set(
    app: App,
    interest: str,
    *,
    name: str | None = None,
    weight: float | None = None,
    off: bool | None = None,
) -> None:
    from assistant.interests.reading import set_interest

    with _source(app) as source:
        set_interest(source, interest, name=name, weight=weight, off=off)
        _show(source, as_data=False)


def _show(source: Source, as_data: bool) -> None:
    from assistant.interests.mix import in_words
    from assistant.interests.reading import mix_of_last, report_of, taste_of

    found = taste_of(source)
    told, mix = report_of(source, found), mix_of_last(source, found)
    if as_data:
        from assistant.cli.output import json_line

        rest = mix.model_dump(mode="json") if mix else None
        click.echo(json_line({**told.model_dump(mode="json"), "mix": rest}))
    elif not told.interests:
        tell(_NOTHING)
    else:
        for line in _lines(told, mix):
            tell(line)
        if mix is not None:
            tell(f"\n{in_words(mix)}")


def _lines(told: TasteReport, mix: Mix | None) -> Iterator[str]:
    shares = {one.name: one for one in mix.portions} if mix else {}
    for one in told.interests:
        bar = "█" * round(_BAR * one.share) or "▏"
        beside = f", {shares[one.name].share:.0%} of the picks" if one.name in shares else ""
        yield f"{one.number}  {_name(one)}{_set_to(one)}"
        counted = "off" if one.off else f"{one.share:.0%}{beside}"
        told_of = [counted, _likes(one.likes)]
        if one.trend in _TRENDS:
            told_of.append(_TRENDS[one.trend])
        yield f"   {bar:<{_BAR}}  {'; '.join(told_of)}"
        titles = "; ".join(video.title for video in one.examples[:_EXAMPLES])
        yield f"   {titles}"
    if told.without_interest:
        yield f"\n{_likes(told.without_interest)} of {told.likes} belong to no interest."


def _name(one: InterestReport) -> str:
    return one.name or "(without keywords in common)"


def _set_to(one: InterestReport) -> str:
    set_to = [f"×{one.weight:g}"] if one.weight != 1.0 else []
    if one.name != one.found_name and one.found_name:
        set_to.append(one.found_name)
    return f"  ({'; '.join(set_to)})" if set_to else ""


def _likes(count: int) -> str:
    return f"{count:,} like{'' if count == 1 else 's'}"


_TRENDS = {"rising": "rising of late", "falling": "falling of late", "steady": "as ever"}
