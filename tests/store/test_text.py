from __future__ import annotations

import random
import sqlite3
import unicodedata

import pytest

from store.text import STOP_WORDS, clean_text, has_cjk, segment, stem, tokens


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\x1b[31mred\x1b[0m title", "ared title"),
        ("\x1b]0;own the window\x07Title", "Title"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("8-bit \x9b31mred", "8-bit red"),
        ("unfinished \x1b]0;rest stays", "unfinished 0;rest stays"),
        ("report\u202egnp.exe", "reportgnp.exe"),
        ("pay\u200bpal", "paypal"),
        ("lone \ud83d surrogate", "lone surrogate"),
        ("nul\x00 and del\x7f", "nul and del"),
        ("  many \t kinds\u00a0of\u3000space\r\n", "many kinds of space"),
        ("e\u0301", "\u00e9"),
        ("e\u200b\u0301", "\u00e9"),
        ("\u3164\u2800", ""),
    ],
)
def test_what_tricks_a_reader_or_a_terminal_is_taken_out(dirty: str, clean: str) -> None:
    assert clean_text(dirty) == clean


def test_joiners_stay_inside_persian_and_indic_words_and_nowhere_else() -> None:
    persian = "می\u200cخواهم"
    assert clean_text(persian) == persian
    assert clean_text("pay\u200cpal") == "paypal"


def test_lines_are_kept_when_asked_for() -> None:
    text = "one  two \r\n\r\n\r\n\r\n three\tfour"
    assert clean_text(text) == "one two three four"
    assert clean_text(text, keep_lines=True) == "one two\n\nthree four"


def test_length_is_capped_after_cleaning() -> None:
    assert clean_text("\x1b[1m" * 3 + "abcdef", max_chars=4) == "abcd"
    assert len(clean_text("x" * 100_000)) == 20_000


@pytest.mark.parametrize("keep_lines", [False, True])
def test_cleaning_is_idempotent_and_leaves_nothing_unprintable(keep_lines: bool) -> None:
    random_ = random.Random(7)
    alphabet = (
        "ab \t\n\r\x00\x07\x1b[]\\;m0\x9b\x9c\x9d\u0301\u200b\u200c\u200d\u202e\u2028\u2066"
        "می日本\ud800\ufeff\u3164é한"
    )
    for _ in range(2_000):
        text = "".join(random_.choices(alphabet, k=random_.randrange(30)))
        once = clean_text(text, keep_lines=keep_lines)
        assert clean_text(once, keep_lines=keep_lines) == once
        for char in once.replace("\n", "") if keep_lines else once:
            category = unicodedata.category(char)
            assert category not in {"Cc", "Cs", "Zl", "Zp"}
            assert category != "Cf" or char in "\u200c\u200d"
        once.encode()


def test_tokens_are_lower_cased_words_in_order() -> None:
    assert tokens("Don't PANIC: Python 3.12, naïve_case!") == [
        *("don", "t", "panic", "python", "3", "12", "naïve", "case")
    ]


def test_chinese_is_segmented_and_kana_kept_whole() -> None:
    assert tokens("关于机器学习的视频") == ["关于", "机器", "学习", "的", "视频"]
    assert tokens("Pythonプログラミング入門") == ["python", "プログラミング", "入門"]
    assert tokens("Ｆｕｌｌ Width") == ["full", "width"]


def test_marks_do_not_break_a_word() -> None:
    assert tokens("हिन्दी में") == ["हिन्दी", "में"]


def test_segmenting_sets_words_apart_and_adds_the_parts_of_long_ones() -> None:
    words = segment("看人工智能纪录片").split()
    assert {"人工", "智能", "人工智能", "纪录片"} <= set(words)
    assert segment("plain words, untouched") == "plain words, untouched"


def test_has_cjk() -> None:
    assert all(map(has_cjk, ("中", "ひ", "カ", "한", "mixed 片 text")))
    assert not any(map(has_cjk, ("", "plain", "naïve", "привет", "हिन्दी")))


STEMMED = """
running runs ran generalization generalizations films filming naïve naïveté cafés Crème brûlée
über machines machine learning learned 学习 привет día españa ponies caresses universities
university relational conditional hopefulness adjustment asyncio pytest c go
"""


def test_stem_is_what_sqlite_files_a_word_under() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE t USING fts5(x, tokenize='porter unicode61 remove_diacritics 2')"
    )
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, row)")
    for word in STEMMED.split():
        connection.execute("DELETE FROM t")
        connection.execute("INSERT INTO t VALUES (?)", (word,))
        [(filed,)] = connection.execute("SELECT term FROM v").fetchall()
        assert stem(word.lower()) == filed, word


def test_stop_words_are_lower_cased_tokens() -> None:
    assert {"the", "recommend", "推荐", "什么"} <= STOP_WORDS
    assert not {"ai", "go", "love", "search", "type", "war", "python", "战争"} & STOP_WORDS
    assert all(word == word.lower() for word in STOP_WORDS)
