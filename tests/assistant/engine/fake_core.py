"""A core without models, for tests: what it does depends on the first word of the message."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from assistant.cancel import CancelToken
from assistant.constraints import Limit
from assistant.engine.protocol import (
    Act,
    Acted,
    ComponentState,
    DialSet,
    EngineEvent,
    EngineRequest,
    LastUndone,
    Lift,
    Memory,
    MemoryTold,
    Say,
    SetDial,
    Start,
    State,
    TurnProgress,
    Undo,
    UndoLast,
)
from assistant.engine.protocol.hidden import TakeBack
from assistant.engine.protocol.sessions import Resume, Resumed
from assistant.engine.protocol.why import ReportWhy, ReportWhyNot, WhyNotReported, WhyReported
from assistant.errors import Cancelled, MatineeError
from assistant.narrator import Narrator
from assistant.types import (
    Answered,
    Component,
    Constraints,
    Dial,
    Evidence,
    EvidenceKind,
    ExplanationChunk,
    Kind,
    Part,
    Pick,
    Preference,
    Ranked,
    Request,
    Retrieved,
    Scope,
    Signal,
    Slot,
    Turn,
    TurnEvent,
    TurnFinished,
    Understood,
    Video,
)
from tests.assistant.engine.fake_why import account, comparison

MODEL = "Fake-135M"

VIDEOS = (
    Video(
        id="imdb:tt0245429",
        title="Spirited Away",
        other_titles=("千と千尋の神隠し",),
        channel="Studio Ghibli",
        kind=Kind.FILM,
        language="ja",
        year=2001,
        duration_s=7500,
        url="https://example.org/spirited-away",
    ),
    Video(
        id="youtube:dQw4w9WgXcQ",
        title="Foo [Official Video]",
        channel="[b]Bar[/b]",
        kind=Kind.MUSIC,
        language="en",
        published=date(2009, 10, 25),
        year=2009,
        duration_s=212,
        url="https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    ),
    Video(id="file:hostile-close", title="[/b]", kind=Kind.VIDEO),
    Video(
        id="file:hostile-click",
        title="[@click=app.quit]x",
        kind=Kind.TALK,
        language="zh",
        duration_s=59,
        url="javascript:alert(1)",
    ),
    Video(
        id="pyvideo:long",
        title="A very long title that does not fit on one line of a narrow terminal and must wrap "
        "without losing a word",
        channel="PyCon US",
        kind=Kind.TALK,
        language="en",
        year=2018,
        duration_s=1800,
    ),
)
SENTENCES = (
    "Because you liked My Neighbor Totoro, and it fits “quiet”.",
    "Close to your interest in [music].",
    "Popular among the videos you have not seen.",
    "Something new, away from what you know.",
    "It matches “testing” and keeps under 2 hours.",
)


def picks(count: int = 5) -> tuple[Pick, ...]:
    """`count` picks, ranked, with falling scores."""
    return tuple(
        Pick(
            video=video,
            rank=rank,
            score=1.0 - 0.15 * rank,
            parts={Part.REQUEST: 0.5, Part.TASTE: 0.5 - 0.15 * rank},
            cluster=("fantasy, animation", "pop", "misc", "[x]", "testing")[rank - 1],
            evidence=(
                Evidence(kind=EvidenceKind.REQUEST_WORDS, text=video.title, contribution=0.5),
            ),
        )
        for rank, video in enumerate(VIDEOS[:count], 1)
    )


class FakeCore:
    """Answers at once, or misbehaves on demand."""

    components: tuple[Component, ...] = tuple(Component)

    def __init__(self, start: Start, narrator: Narrator) -> None:
        self.narrator = narrator
        self.dial = start.dial or start.settings.recommend.dial
        self.state_folder: Path = start.locations.state
        self.given: dict[str, list[Signal]] = {}
        self.session = start.session or ()

    def load(self, component: Component) -> ComponentState:
        """Ready at once."""
        detail = {Component.LANGUAGE_MODEL: MODEL, Component.EMBEDDER: "fake-embedder"}
        return ComponentState(
            component=component,
            state=State.READY,
            detail=detail.get(component, ""),
            count=497 if component is Component.LIBRARY else None,
        )

    def answer(self, request: EngineRequest, cancel: CancelToken) -> Iterator[EngineEvent]:
        """What the chat's engine answers."""
        for event in self._events(request, cancel):
            yield event.model_copy(update={"request_id": request.id})

    def _events(self, request: EngineRequest, cancel: CancelToken) -> Iterator[EngineEvent]:
        match request:
            case Say():
                for event in self.turn(request.message, cancel):
                    yield TurnProgress(event=event)
            case Lift():
                for event in self.lift(request.limit, cancel):
                    yield TurnProgress(event=event)
            case Act(video_id=video_id, signal=given, rating=rating):
                text = self.signal(video_id, given, rating)
                yield Acted(video_id=video_id, signal=given, text=text)
            case UndoLast():
                yield self.undo_last()
            case TakeBack(video_id=video_id):
                self.given.pop(video_id, None)
                yield Acted(video_id=video_id, signal=None, text="Taken back.")
            case Undo(video_id=video_id):
                yield Acted(video_id=video_id, signal=None, text=self.undo(video_id))
            case ReportWhy(pick=pick, language=language):
                yield WhyReported(report=account(pick, language))
            case ReportWhyNot(name=name, pick=pick, language=language):
                yield WhyNotReported(report=comparison(name, pick, language))
            case Memory():
                text = self.memory(request.command)
                self.session += (Preference(said=request.command, scope=Scope.SESSION),)
                yield MemoryTold(text=text, session=self.session)
            case SetDial():
                self.set_dial(request.dial)
                yield DialSet(dial=request.dial)
            case Resume(session_id=session_id):
                limit = Limit(slot=Slot.AVOID, item="horror", text="no horror")
                yield Resumed(session_id=session_id, limits=(limit,) if session_id else ())
            case _:
                raise LookupError(type(request))

    def turn(self, message: str, cancel: CancelToken) -> Iterator[TurnEvent]:
        """A whole turn, or what the first word of the message asks for."""
        request = Request(
            message=message,
            wish=message,
            constraints=Constraints(max_duration_s=7200, languages=("ja",)),
            avoid=("horror",) if "horror" in message else (),
        )
        yield Understood(request=request)
        word = message.split()[0]
        if word == "slow":
            self._wait(cancel)
        elif word == "gentle":  # as a conversation that tells of its stop itself
            with suppress(Cancelled):
                self._wait(cancel)
            yield TurnFinished(turn=Turn(message=message, request=request, stopped=True))
            return
        elif word == "stuck":  # as a library of C that hears nothing
            threading.Event().wait()
        elif word == "bug":
            raise ValueError("a bug of the fake core")
        elif word == "refuse":
            raise MatineeError("This cannot be done.", "the detail", "the hint")
        elif word == "noise":
            print("printed by Python")
            os.write(1, b"written by C\n")
        elif word == "hello":
            yield Answered(text="Tell me [what] you feel like watching.")
            yield TurnFinished(turn=Turn(message=message, request=request))
            return
        elif word == "exit":
            os._exit(3)
        yield Retrieved(candidates=214, method="index")
        shown = picks()
        yield Ranked(picks=shown, model=MODEL)
        while word == "chatty" and not cancel.cancelled:
            time.sleep(0.005)
            yield ExplanationChunk(video_id=VIDEOS[0].id, text="la ")
        if word == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        done: list[Pick] = []
        for pick, sentence in zip(shown, SENTENCES, strict=True):
            for piece in sentence.partition(" "):
                yield ExplanationChunk(video_id=pick.video.id, text=piece)
            done.append(pick.model_copy(update={"sentence": sentence}))
            if word == "halfway":
                self._wait(cancel)
        yield TurnFinished(
            turn=Turn(
                message=message,
                request=request,
                picks=tuple(done),
                model=MODEL,
                retrieval="index",
                timings={"retrieve": 0.2, "explain": 1.0},
            )
        )

    def lift(self, limit: Limit, cancel: CancelToken) -> Iterator[TurnEvent]:
        """A turn about it."""
        yield from self.turn(f"without {limit.text}", cancel)

    def signal(self, video_id: str, signal: Signal, rating: float | None) -> str:
        """Noted."""
        if video_id == "file:hostile-close":
            raise MatineeError("This video is no longer in your library.")
        self.given.setdefault(video_id, []).append(signal)
        return f"Noted as {signal.value}, [so to say]."

    def undo(self, video_id: str) -> str:
        """Taken back, if there was something."""
        if not self.given.get(video_id):
            raise MatineeError("There is nothing to take back here.")
        self.given[video_id].pop()
        return "Taken back."

    def undo_last(self) -> LastUndone:
        """The last signal of all, if there is one."""
        given = [video_id for video_id, signals in self.given.items() if signals]
        if not given:
            return LastUndone(text="There is nothing to take back.")
        self.given[given[-1]].pop()
        return LastUndone(text=f"Taken back: {given[-1]}.", video_id=given[-1])

    def memory(self, command: str) -> str:
        """What was asked."""
        if command == "forget 9":
            raise MatineeError("The library cannot be written to.")
        return f"Remembered [so to say]: {command}."

    def set_dial(self, dial: Dial) -> None:
        """Turn it."""
        self.dial = dial

    def close(self) -> None:
        """Say that the end was an orderly one."""
        (self.state_folder / "closed").touch()

    def _wait(self, cancel: CancelToken) -> None:
        while not cancel.cancelled:
            time.sleep(0.005)
        cancel.check()


class SlowLoadingCore(FakeCore):
    """Loads its embedder when the file `go` appears in the state folder."""

    def load(self, component: Component) -> ComponentState:
        """Wait, like a heavy import."""
        while component is Component.EMBEDDER and not (self.state_folder / "go").exists():
            time.sleep(0.01)
        return super().load(component)


class MendingCore(FakeCore):
    """Mends its index while it loads, until the file `go` appears in the state folder."""

    def load(self, component: Component) -> ComponentState:
        """Tell of it."""
        if component is Component.INDEX:
            self.narrator.say("The index was damaged [so to say].\nIt is made anew.")
            self.narrator.stage("making the index anew", 2_000)
            self.narrator.advance(500)
            while not (self.state_folder / "go").exists():
                time.sleep(0.01)
        return super().load(component)


class EmptyCore(FakeCore):
    """Has no videos, no language model, and an index that does not open."""

    def load(self, component: Component) -> ComponentState:
        """Report what is missing."""
        if component is Component.INDEX:
            raise MatineeError("The index [cannot] be opened.")
        if component is Component.LANGUAGE_MODEL:
            return ComponentState(
                component=component, state=State.ABSENT, detail="switched off\nwith a second line"
            )
        state = super().load(component)
        return state.model_copy(update={"count": 0}) if state.count else state


class BrokenCore(FakeCore):
    """Dies while loading."""

    def load(self, component: Component) -> ComponentState:
        """End the process, as a crash of a native library would."""
        os._exit(7)
