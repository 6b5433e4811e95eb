from __future__ import annotations

import sqlite3

from store.text import STOP_WORDS, has_cjk, segment, stem, tokens


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
