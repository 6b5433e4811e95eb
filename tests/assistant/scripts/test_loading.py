"""Files and folders become scripts; what is wrong with them is said, with the place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.errors import ScriptError
from assistant.scripts import load, read
from tests.assistant.scripts.writing import written

PLAIN = "name: plain\nturns:\n  - say: a film\n"
SHARED = """
vars: {minutes: 90, word: film}
fragments:
  narrowed:
    - say: a ${word} under ${minutes} minutes
      expect: {constraints_include: {max_duration_s: "${minutes*60}"}}
"""


def said(path: Path, **variables: str | int) -> list[str | None]:
    [script] = read(path, variables)
    return [step.say for step in script.turns]


# --- variables and cases -------------------------------------------------------------------------


def test_variables_are_filled_in_everywhere(tmp_path: Path) -> None:
    text = """
name: About ${title}
vars: {title: Up, minutes: 100, picks: 3}
picks: ${picks}
history: [{id: "starter:${title}"}]
turns:
  - say: like ${title}
    expect: {constraints: {max_duration_s: "${minutes*60}"}, picks: {count: "${picks}"}}
"""
    [script] = read(written(tmp_path, text), {"minutes": 5})
    assert (script.name, script.picks, script.history[0].id) == ("About Up", 3, "starter:Up")
    [step] = script.turns
    assert step.say == "like Up"
    assert step.expect.constraints is not None
    assert step.expect.constraints.max_duration_s == 300
    assert step.expect.picks is not None
    assert step.expect.picks.count == 3


def test_a_number_may_be_said(tmp_path: Path) -> None:
    path = written(tmp_path, "name: x\nvars: {title: 1984}\nturns:\n  - say: ${title}\n")
    assert said(path) == ["1984"]


def test_a_script_is_there_once_for_each_case(tmp_path: Path) -> None:
    text = """
name: cases
vars: {how: politely}
cases:
  - {title: Up, year: 2009}
  - {title: Heat, how: rudely}
turns: [{say: "${title}, ${how}"}]
"""
    scripts = read(written(tmp_path, text))
    assert [script.name for script in scripts] == [
        "cases [title=Up, year=2009]",
        "cases [title=Heat, how=rudely]",
    ]
    assert [script.turns[0].say for script in scripts] == ["Up, politely", "Heat, rudely"]
    given = read(written(tmp_path, text), {"how": "kindly"})
    assert [script.turns[0].say for script in given] == ["Up, kindly", "Heat, kindly"]


def test_a_name_that_tells_the_cases_apart_is_kept(tmp_path: Path) -> None:
    text = "name: like ${t}\ncases: [{t: Up}, {t: Heat}]\nturns: [{say: x}]\n"
    assert [one.name for one in read(written(tmp_path, text))] == ["like Up", "like Heat"]


# --- fragments -----------------------------------------------------------------------------------


def test_a_fragment_takes_the_place_of_its_use(tmp_path: Path) -> None:
    text = """
name: x
vars: {word: talk}
include: [shared/narrowed.yaml]
fragments:
  twice:
    - use: narrowed
      with: {minutes: 120}
    - use: narrowed
turns:
  - say: first
  - use: twice
  - say: last
"""
    written(tmp_path, SHARED, "shared/narrowed.yaml")
    assert said(written(tmp_path, text)) == [
        "first",
        "a talk under 120 minutes",
        "a talk under 90 minutes",
        "last",
    ]


def test_variables_of_a_file_of_fragments_can_be_given(tmp_path: Path) -> None:
    written(tmp_path, SHARED, "shared.yaml")
    path = written(tmp_path, "name: x\ninclude: [shared.yaml]\nturns: [{use: narrowed}]\n")
    assert said(path, minutes=5) == ["a film under 5 minutes"]


def test_a_file_may_be_included_by_several(tmp_path: Path) -> None:
    written(tmp_path, SHARED, "shared.yaml")
    written(tmp_path, "include: [shared.yaml]\nfragments: {more: [{use: narrowed}]}", "more.yaml")
    text = "name: x\ninclude: [shared.yaml, more.yaml]\nturns: [{use: more}]\n"
    assert said(written(tmp_path, text)) == ["a film under 90 minutes"]


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        (
            {"script": "name: x\nfragments: {a: [{use: b}], b: [{use: a}]}\nturns: [{use: a}]\n"},
            r"A fragment uses itself.*line 2: fragments.b.0: a → b → a",
        ),
        (
            {
                "script": "name: x\ninclude: [one.yaml]\nturns: [{use: a}]\n",
                "one": "include: [two.yaml]\nfragments: {a: [{say: x}]}",
                "two": "include: [one.yaml]\nfragments: {b: [{say: x}]}",
            },
            r"circle.*script.yaml → one.yaml → two.yaml → one.yaml",
        ),
        (
            {
                "script": "name: x\ninclude: [one.yaml]\nfragments: {a: [{say: y}]}\n"
                "turns: [{use: a}]\n",
                "one": "fragments: {a: [{say: x}]}",
            },
            "Two fragments have one name",
        ),
        (
            {"script": "name: x\nfragments: {a: [{say: x}]}\nturns:\n  - use: b\n"},
            "no such fragment.*line 4: turns.0.use: b.*There are: a",
        ),
        ({"script": "name: x\ninclude: [none.yaml]\nturns: [{say: x}]\n"}, "cannot be read"),
        ({"script": "name: x\ninclude: none.yaml\nturns: [{say: x}]\n"}, "list of names of files"),
        ({"script": "name: x\nfragments: {a: 1}\nturns: [{say: x}]\n"}, "a list of turns"),
        ({"script": "name: x\nfragments: [a]\nturns: [{say: x}]\n"}, "turns by name"),
        (
            {
                "script": "name: x\ninclude: [one.yaml]\nturns: [{use: a}]\n",
                "one": "fragments:\n  a:\n    - say: x\n      expect: {intent: dance}",
            },
            r"one.yaml, line 4: fragments.a.0.expect.intent: Input should be 'recommend'",
        ),
    ],
)
def test_a_fragment_that_is_wrong_says_where(
    tmp_path: Path, files: dict[str, str], complaint: str
) -> None:
    for name, text in files.items():
        written(tmp_path, text, f"{name}.yaml")
    with pytest.raises(ScriptError) as raised:
        read(tmp_path / "script.yaml")
    assert_says(raised.value, complaint)


def assert_says(error: ScriptError, complaint: str) -> None:
    assert re.search(complaint, str(error), re.DOTALL), str(error)


# --- what is wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name: [", "not valid YAML.*line 1"),
        ("", "This is no script"),
        ("- a\n- b\n", "This is no script"),
        ("name: x\nturns: []", "line 2: turns: a script has one turn or more"),
        ("turns: [{say: x}]", "name: Field required"),
        ("name: x\nturns:\n  - {}", "turns.0: a turn has exactly one of: say, press"),
        ("name: x\nturns:\n  - {say: a, press: like 1}", "exactly one of"),
        ("name: x\nturns:\n  - say: a\n  - press: dance 1", "line 4: turns.1.press"),
        ("name: x\nturns:\n  - press: like 1\n    expect: {intent: why}", "press.*of intent, only"),
        (
            "name: x\nturns:\n  - say: a\n    expect:\n      picks:\n        conut: 1",
            "line 6: turns.0.expect.picks.conut: there is no such field; did you mean count",
        ),
        ("name: x\nturns:\n  - {say: a, expect: {faster_than: 1}}", "faster_than.*Allowed: answer"),
        ("name: x\nmodle: none\nturns: [{say: a}]", "line 2: modle.*did you mean model"),
        ("name: x\nturns: [{say: '${y}'}]", "turns.0: no variable y; there are: this_year"),
        ("name: ${y}\nturns: [{say: x}]", "no variable y"),
        ("name: x\nvars: [1]\nturns: [{say: x}]", "line 2: vars: must hold"),
        ("name: x\ncases: [[1]]\nturns: [{say: x}]", "line 2: cases.0"),
        ("name: x\nturns: [{say: x, expect: {answer: {matches: '('}}}]", "no.*regular expression"),
        (
            "name: x\nturns: [{remember: {said: x, scope: session}}]",
            "session alone has to be said in it",
        ),
        ("fragments: {a: [{say: x}]}", "a script has one turn or more"),
    ],
)
def test_a_script_that_is_wrong_says_where(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ScriptError) as raised:
        read(written(tmp_path, text))
    assert_says(raised.value, complaint)


def test_a_script_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="cannot be read"):
        read(tmp_path / "none.yaml")


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_bytes(b"name: \xff\xfe")
    with pytest.raises(ScriptError, match="not valid YAML"):
        read(path)


# --- folders -------------------------------------------------------------------------------------


def test_a_folder_gives_its_scripts_in_order_and_no_fragments(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "deeper/c.yaml"):
        written(tmp_path, PLAIN.replace("plain", name), name)
    written(tmp_path, SHARED, "shared.yaml")
    written(tmp_path, "no script", "notes.txt")
    assert [script.name for script in load([tmp_path])] == ["a.yml", "b.yaml", "deeper/c.yaml"]


def test_every_script_that_is_wrong_is_told(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        written(tmp_path, "name: x\nturns: []\n", name)
    written(tmp_path, PLAIN, "c.yaml")
    with pytest.raises(ScriptError, match="Some scripts are not") as raised:
        load([tmp_path])
    assert "a.yaml" in raised.value.detail
    assert "b.yaml" in raised.value.detail


def test_a_folder_without_scripts_says_so(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="no scripts here"):
        load([tmp_path])


def test_a_variable_that_no_script_has_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "name: x\nvars: {title: Up}\nturns: [{say: '${title}'}]\n")
    with pytest.raises(ScriptError) as raised:
        load([path, written(tmp_path, PLAIN, "b.yaml")], {"titel": 1})
    assert "titel\nKnown: title" in str(raised.value)
