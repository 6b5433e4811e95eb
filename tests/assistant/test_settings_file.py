from __future__ import annotations

from pathlib import Path

import pytest

from assistant import settings
from assistant.errors import MatineeError
from assistant.settings_file import put_settings

WRITTEN_BY_HAND = """\
# my settings
[recommend]
picks = 3   # few

[language_model]
# the big one
model = "none"
threads = 2
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.write_text(WRITTEN_BY_HAND, "utf-8")
    return path


def test_only_what_is_set_changes(file: Path) -> None:
    put_settings(file, {"language_model.model": "/models/a.gguf"})
    assert file.read_text("utf-8") == WRITTEN_BY_HAND.replace('"none"', '"/models/a.gguf"')


def test_a_value_can_go_back_to_its_default(file: Path) -> None:
    put_settings(file, {"language_model.threads": None, "embedding.device": None})
    assert file.read_text("utf-8") == WRITTEN_BY_HAND.replace("threads = 2\n", "")


def test_a_file_and_its_tables_are_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    put_settings(path, {"embedding.model": 'a"b\n', "index": "http://127.0.0.1:8000"})
    loaded = settings.load(path)
    assert (loaded.embedding.model, loaded.index) == ('a"b\n', "http://127.0.0.1:8000")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_link_stays_one(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "settings.toml"
    link.symlink_to(file)
    put_settings(link, {"recommend.picks": 4})
    assert link.is_symlink()
    assert settings.load(file).recommend.picks == 4


@pytest.mark.parametrize(
    ("name", "value"), [("recommend.picks", 0), ("language_model.modle", "x"), ("index", "nowhere")]
)
def test_what_is_not_allowed_is_not_written(file: Path, name: str, value: str | int) -> None:
    with pytest.raises(MatineeError, match="not changed"):
        put_settings(file, {name: value})
    assert file.read_text("utf-8") == WRITTEN_BY_HAND


def test_a_file_that_is_no_settings_stays_as_it_is(file: Path) -> None:
    file.write_text("[recommend\n", "utf-8")
    with pytest.raises(MatineeError, match="not valid TOML"):
        put_settings(file, {"recommend.picks": 4})
    assert file.read_text("utf-8") == "[recommend\n"


@pytest.mark.parametrize(
    "written",
    ['[keys]\n"models.get" = "d"\n', '[keys.models]\nget = "d"\n', '[keys]\nmodels.get = "d"\n'],
)
def test_a_name_with_a_dot_is_found_however_it_is_written(file: Path, written: str) -> None:
    file.write_text(written, "utf-8")
    assert settings.load(file).keys == {"models.get": "d"}
    put_settings(file, {"keys.models.get": "e"})
    assert settings.load(file).keys == {"models.get": "e"}
    put_settings(file, {"keys.models.get": None})
    assert settings.load(file).keys == {}
