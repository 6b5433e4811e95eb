"""The page of settings: each with its value and where that is from; changed in place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.engine.protocol.settings import ListSettings, PutSetting, SettingsListed
from assistant.errors import EngineError, MatineeError
from assistant.settings import Origin
from assistant.settings_described import SettingKind, parse
from assistant.tui.commands import Place, bindings_of
from assistant.tui.focus import focus_now
from assistant.tui.page import Page
from assistant.tui.plain_list import PlainList
from assistant.tui.settings.applying import apply
from assistant.tui.settings.editing import LineInput, fault_of, stepped
from assistant.tui.settings.entries import Entry, details, entries, heading, line


class SettingList(PlainList):
    """The settings."""


class SettingsPage(Page):
    """Everything that can be set."""

    PLACE = Place.SETTINGS
    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(Place.SETTINGS)]

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        """Only settings that have them are shown."""
        self._entries: dict[str, Entry] = {}
        """By the name of the setting."""
        self._listed: SettingsListed | None = None

    def compose_body(self) -> Iterator[Widget]:
        """The settings, and the one at hand."""
        yield LineInput(placeholder="words", id="settings-find", compact=True)
        yield SettingList(markup=False)
        with Vertical(id="setting"):
            yield Static("", markup=False, id="setting-told")
            yield LineInput(id="setting-value", compact=True, select_on_focus=False)
            yield Static("", markup=False, id="setting-fault")

    def on_mount(self) -> None:
        """Ask the desk."""
        super().on_mount()
        self._list.focus()
        self.background(self._read(), "settings")

    @property
    def _list(self) -> SettingList:
        return self.query_one(SettingList)

    @property
    def _value(self) -> LineInput:
        return self.query_one("#setting-value", LineInput)

    # --- showing ---------------------------------------------------------------------------------

    async def _read(self) -> None:
        self._show(await self.matinee.desk.result(ListSettings(), SettingsListed))

    def _show(self, listed: SettingsListed) -> None:
        """Show the settings as they are in the file and the environment now."""
        if not self.query(SettingList):  # the page was left meanwhile
            return
        self._listed = listed
        found = entries(listed.rows, sorted(self.app.available_themes))
        self._entries = {entry.about.name: entry for entry in found}
        changed = sum(entry.origin is not Origin.DEFAULT for entry in self._entries.values())
        self.say(f"{changed} changed" if changed else "all as they come")
        self._show_all()

    def _show_all(self) -> None:
        at_hand = self._entry.about.name if self._entry else ""
        width = self._list.scrollable_content_region.width or self.size.width - 5
        options: list[Option] = []
        group = None
        for name, entry in self._entries.items():
            if not entry.has(self._words):
                continue
            if entry.group != group:
                group = entry.group
                options.append(Option(heading(group, first=not options), disabled=True))
            options.append(Option(line(entry, width), id=name))
        self._list.clear_options()
        self._list.add_options(options)
        shown = [option.id for option in options if option.id]
        if shown:
            wanted = at_hand if at_hand in shown else shown[0]
            self._list.highlighted = self._list.get_option_index(str(wanted))
        self._show_details()

    def _show_details(self) -> None:
        entry, listed = self._entry, self._listed
        nothing = Content(f"No setting has “{self._words}”." if self._words else "")
        told = details(entry, listed.path) if entry and listed else nothing
        self.query_one("#setting-told", Static).update(told)

    @property
    def _entry(self) -> Entry | None:
        """The one at hand."""
        option = self._list.highlighted_option
        return self._entries.get(option.id or "") if option else None

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._end_editing()
        self._show_details()

    def on_resize(self, _: Resize) -> None:
        """As much as there is room for."""
        if self._entries:
            self.call_after_refresh(self._show_all)

    # --- changing --------------------------------------------------------------------------------

    @on(PlainList.Pressed)
    def action_change(self) -> None:
        """Switch it, take the next choice, or type a value."""
        entry = self._changeable()
        if entry is None:
            return
        if entry.about.kind in (SettingKind.SWITCH, SettingKind.CHOICE):
            self._step(entry, 1)
        else:
            self._begin_editing(entry)

    def action_next(self) -> None:
        """The next choice, or one more."""
        if entry := self._changeable():
            self._step(entry, 1)

    def action_previous(self) -> None:
        """The choice before, or one less."""
        if entry := self._changeable():
            self._step(entry, -1)

    def action_reset(self) -> None:
        """Back to the default."""
        if entry := self._changeable():
            self._put(entry, "")

    def _step(self, entry: Entry, by: int) -> None:
        text = stepped(entry, by)
        if text is not None:
            self._put(entry, text)

    def _changeable(self) -> Entry | None:
        """The one at hand, unless the environment sets it."""
        entry = self._entry
        if entry is None or not entry.locked:
            return entry
        self.problem(
            EngineError(
                "The environment sets this, and wins.",
                entry.about.variable,
                "Unset it to change it here.",
            )
        )
        return None

    def _put(self, entry: Entry, text: str) -> None:
        """Show the new value at once, and have it written."""
        self.problem(None)
        name = entry.about.name
        value = parse(name, text) if text else entry.about.default
        self._entries[name] = entry.with_value(value)
        width = self._list.scrollable_content_region.width
        self._list.replace_option_prompt(name, line(self._entries[name], width))
        self.background(self._write(name, text), f"write {name}")

    async def _write(self, name: str, text: str) -> None:
        try:
            listed = await self.matinee.desk.result(
                PutSetting(name=name, text=text), SettingsListed
            )
        except MatineeError:
            await self._read()  # as it is in the file
            raise
        problems = apply(self.matinee, listed.settings)
        self._show(listed)
        if problems and self.query(SettingList):
            self.problem(EngineError("Something in the settings is not used.", problems[0]))

    # --- typing a value --------------------------------------------------------------------------

    def _begin_editing(self, entry: Entry) -> None:
        self.problem(None)
        self.add_class("-editing")
        self._value.value = "" if entry.value is None else str(entry.value)
        self._value.cursor_position = len(self._value.value)
        self._value.placeholder = entry.about.allowed
        focus_now(self._value)

    def _end_editing(self) -> None:
        if self.has_class("-editing"):
            self.remove_class("-editing")
            focus_now(self._list)

    def _fault(self, text: str) -> str:
        keys = self._listed.settings.keys if self._listed else {}
        return fault_of(self._entry, text, keys) if self._entry else ""

    @on(Input.Changed, "#setting-value")
    def _typed(self, event: Input.Changed) -> None:
        fault = self._fault(event.value)
        self.query_one("#setting-fault", Static).update(f"! {fault}" if fault else "")

    @on(Input.Submitted, "#setting-value")
    def _entered(self, event: Input.Submitted) -> None:
        entry = self._entry
        if entry is not None and not self._fault(event.value):
            self._end_editing()
            self._put(entry, event.value.strip())

    @on(LineInput.Left, "#setting-value")
    def _left(self) -> None:
        self._end_editing()

    # --- finding ---------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Show only the settings that have some words."""
        self.add_class("-finding")
        focus_now(self.query_one("#settings-find", LineInput))

    @on(Input.Changed, "#settings-find")
    def _words_typed(self, event: Input.Changed) -> None:
        self._words = event.value
        self._show_all()

    @on(Input.Submitted, "#settings-find")
    def _found(self) -> None:
        focus_now(self._list)

    @on(LineInput.Left, "#settings-find")
    def _find_left(self) -> None:
        self.remove_class("-finding")
        self.query_one("#settings-find", LineInput).value = ""
        self._list.focus()
