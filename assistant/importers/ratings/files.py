"""The files of a source of ratings, in a folder or a zip, line by line, each with a cap."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Protocol

from assistant.importers.reading import Line, files_under, lines
from assistant.importers.tree import DAMAGED, MAX_ZIP_RATIO, PACKED_AS, open_zip

MAX_LINE_BYTES = 64 * 1024
"""A rating, or a film's title: the longest real line takes 300."""
_RATIO_COUNTS_FROM = 64 * 1024 * 1024


class Files(Protocol):
    """Named files of text."""

    def named(self, *names: str) -> str | None:
        """The path of the first of some file names that is there, nearest to the top."""

    def lines(self, path: str) -> Iterator[Line]:
        """The lines of a file, as `assistant.importers.reading.lines` gives them."""


@contextmanager
def open_files(path: Path) -> Iterator[Files]:
    """The files of a folder or a zip.

    Raises:
        ImportSourceError: it cannot be opened, or is a damaged zip.
    """
    if path.is_dir():
        yield _Folder(path)
        return
    with open_zip(path) as archive:
        yield _Zip(archive, path.stat().st_size)


def _nearest(paths: list[str], names: tuple[str, ...]) -> str | None:
    for name in names:
        found = [path for path in paths if PurePosixPath(path).name == name]
        if found:
            return min(found, key=lambda path: (path.count("/"), path))
    return None


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths = [
            path.relative_to(folder).as_posix()
            for ending in (".csv", ".dat")
            for path in files_under(folder, ending)
        ]

    def named(self, *names: str) -> str | None:
        return _nearest(self._paths, names)

    def lines(self, path: str) -> Iterator[Line]:
        return lines(self._folder / path, cap=MAX_LINE_BYTES)


class _Zip:
    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        self._archive = archive
        self._room = max(_RATIO_COUNTS_FROM, MAX_ZIP_RATIO * size)

    def named(self, *names: str) -> str | None:
        return _nearest(self._archive.namelist(), names)

    def lines(self, path: str) -> Iterator[Line]:
        """Members may overlap, so what all of them unpack to is counted, as it comes."""
        member = self._archive.getinfo(path)
        if member.compress_type not in PACKED_AS:
            yield Line(1, b"", "the file is packed in a way that is not known")
            return
        number, problem = 0, ""
        try:
            with self._archive.open(member) as file:
                while data := file.readline(MAX_LINE_BYTES + 1):
                    number += 1
                    self._room -= len(data)
                    if self._room < 0:
                        problem = f"the zip unpacks to over {MAX_ZIP_RATIO} times its size"
                        break
                    if len(data) > MAX_LINE_BYTES:
                        problem = "a line without an end"
                        break
                    if not data.isspace():
                        yield Line(number, data)
        except DAMAGED:
            problem = "the file is damaged or cut off from here on"
        if problem:
            yield Line(number + 1, b"", problem)


def rows(
    of: Iterator[Line], problem: Callable[[int, str], None], separator: str | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Lines as rows of cells, each with the number of its line.

    Args:
        of: the lines.
        problem: is told of each line that cannot be read, and why.
        separator: between cells that are never quoted, such as ``::``; without, it is CSV.
    """
    texts = _Texts(of, problem)
    if separator is not None:
        for text in texts:
            yield texts.number, text.rstrip("\r\n").split(separator)
        return
    reader = csv.reader(texts)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem(texts.number, f"is not CSV ({error})")
        else:
            yield texts.number, cells


class _Texts:
    """The texts of lines; knows at which one it is."""

    def __init__(self, of: Iterator[Line], problem: Callable[[int, str], None]) -> None:
        self._lines = of
        self._problem = problem
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.number = line.number
            if line.problem:
                self._problem(line.number, line.problem)
                continue
            codec = "utf-8-sig" if line.number == 1 else "utf-8"
            try:
                text = line.data.decode(codec)
            except UnicodeDecodeError:
                text = line.data.decode("latin-1")  # as the old MovieLens files are
            yield text
