from __future__ import annotations

from assistant.constraints import Limit
from assistant.types import (
    Avoided,
    Company,
    Constraints,
    Kind,
    NamedTitle,
    Relative,
    Request,
    Slot,
    Years,
)
from assistant.understand import lift

REQUEST = Request(
    message="x",
    wish="whales",
    constraints=Constraints(
        max_duration_s=600,
        min_year=1990,
        not_years=(Years(first=1995, last=1996),),
        languages=("fr", "es"),
        not_kinds=(Kind.SERIES, Kind.EPISODE),
        people=("Bill Murray",),
        not_people=("Jim Carrey",),
    ),
    avoid=(Avoided(term="horror"), Avoided(term="gore")),
    less=("technical", "slow"),
    named=(
        NamedTitle(video_id="v:1", title="Alien", mention="Alien", match=1.0),
        NamedTitle(video_id="v:2", title="Up", mention="Up", match=1.0),
    ),
    count=1,
    company=Company.KIDS,
)


def of(slot: Slot, item: str = "") -> Limit:
    return Limit(slot=slot, item=item, text="shown")


def test_a_slot_is_emptied() -> None:
    assert lift(REQUEST, Slot.WISH).wish == ""
    assert lift(REQUEST, Slot.COUNT).count is None
    assert lift(REQUEST, Slot.COMPANY).company is None
    assert lift(REQUEST, Slot.AVOID).avoid == ()
    assert lift(REQUEST, Slot.LANGUAGE).constraints.languages == ()
    assert lift(REQUEST, Slot.DURATION).constraints.max_duration_s is None


def test_the_rest_stays() -> None:
    lifted = lift(REQUEST, Slot.LANGUAGE)
    kept = REQUEST.constraints.model_copy(update={"languages": ()})

    assert lifted == REQUEST.model_copy(update={"constraints": kept})


def test_one_item_of_several() -> None:
    assert lift(REQUEST, of(Slot.AVOID, "horror")).avoid == (Avoided(term="gore"),)
    assert lift(REQUEST, of(Slot.LESS, "slow")).less == ("technical",)
    assert [one.video_id for one in lift(REQUEST, of(Slot.NAMED, "v:1")).named] == ["v:2"]
    assert lift(REQUEST, of(Slot.LANGUAGE, "fr")).constraints.languages == ("es",)
    assert lift(REQUEST, of(Slot.KIND, "not series")).constraints.not_kinds == (Kind.EPISODE,)


def test_what_is_wanted_and_what_is_ruled_out_are_lifted_apart() -> None:
    wanted = lift(REQUEST, of(Slot.PEOPLE)).constraints
    unwanted = lift(REQUEST, of(Slot.PEOPLE, "not Jim Carrey")).constraints

    assert (wanted.people, wanted.not_people) == ((), ("Jim Carrey",))
    assert (unwanted.people, unwanted.not_people) == (("Bill Murray",), ())


def test_years_ruled_out_are_lifted_apart() -> None:
    since = lift(REQUEST, of(Slot.YEAR)).constraints
    ruled_out = lift(REQUEST, of(Slot.YEAR, "not 1995–1996")).constraints

    assert (since.min_year, since.not_years) == (None, REQUEST.constraints.not_years)
    assert (ruled_out.min_year, ruled_out.not_years) == (1990, ())


def test_a_comparison_goes_with_its_slot() -> None:
    request = Request(message="x", relative=(Relative.SHORTER, Relative.OLDER))

    assert lift(request, Slot.DURATION).relative == (Relative.OLDER,)
