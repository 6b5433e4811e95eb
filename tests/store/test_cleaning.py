from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.bad_input.judge import unfit
from benchmarks.bad_input.texts import HAND_MADE, REPEATED
from store.cleaning import clean_text, escape_unprintable, printable, typed

NOT_TIMED = settings(max_examples=1_500, deadline=None, derandomize=True, database=None)
TROUBLESOME = (
    "ab1*  \t\n\r\x00\x07\x1b[]\\;m\x85\x9b\x9c\x9d\u0301\u0345\u05b0\u064b\u093c\u0f90\u200b"
    "\u200c\u200d\u202e\u2028\u2066\u2800\u3164\ufe00\ufe0e\ufe0f\ufeff\uf8ff\ud800\u180b\u1820"
    "\u2764\u0915\u094dم葛한\u1100\u1161é\u212b\U000e0067\U000e007f\U000e0100\U0001f3f4\U0001f468"
    "\U0001f3fd\U0001f1eb"
)
TEXTS = st.text(st.sampled_from(TROUBLESOME), max_size=40) | st.text(
    st.characters() | st.sampled_from(TROUBLESOME), max_size=40
)


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
@pytest.mark.parametrize("max_chars", [20_000, 7])
@NOT_TIMED
@given(text=TEXTS)
def test_any_text_is_fit_afterwards_and_cleaning_twice_changes_nothing(
    text: str, keep_lines: bool, max_chars: int
) -> None:
    once = clean_text(text, keep_lines=keep_lines, max_chars=max_chars)
    assert clean_text(once, keep_lines=keep_lines, max_chars=max_chars) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not list(unfit(once))
    assert len(once) <= max_chars
    assert once == once.strip()
    assert keep_lines or "\n" not in once
    assert printable(once) == once


@pytest.mark.parametrize("text", [*HAND_MADE, *(piece * 200 for piece in REPEATED)], ids=ascii)
def test_what_was_made_by_hand_is_fit_afterwards(text: str) -> None:
    assert not list(unfit(clean_text(text)))
    assert not list(unfit(printable(text)))


@pytest.mark.parametrize(
    "text",
    [
        "ภาษาไทยเพื่อการสื่อสารที่ดี น้ำใจ ปู่ย่า",
        "हिन्दी में विद्यार्थियों के लिए शृंखला; क्‍ष",
        "Lập trình Python cho người mới bắt đầu: những điều cần biết",
        "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים",
        "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ؛ السَّلَامُ عَلَيْكُمْ",
        "می‌خواهم نمی‌شود",
        "မြန်မာဘာသာ ကြွှင်းကျန်",
        "ភាសាខ្មែរ ស្ត្រី",
        "བོད་སྐད། བསྒྲུབས",
        "தமிழ் మరియు ಕನ್ನಡ മലയാളം සිංහල ශ්‍රී",
        "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ᠋",
        "葛\U000e0100城市と辻\U000e0101さん",
        "IPA: [ˈɪ̃n̪d̪ɪə̯] naïve Ǖber s̩̃́",
        "👨‍👩‍👧‍👦 🏳️‍🌈 ❤️‍🔥 👩🏽‍💻 🤷🏻‍♀️ 1️⃣ ☎︎ ©️ 🇫🇷🇯🇵",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f wins",
        "∑ xᵢ² → ∞, 5 ≤ 7 · “quotes” – dashes…",
    ],
)
def test_real_scripts_and_emoji_are_left_as_they_are(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert clean_text(text) == text
    assert printable(text) == text


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("z" + "\u0301" * 10_000, "\u017a" + "\u0301" * 3),
        ("ก" + "\u0e49" * 300 + "ข", "ก" + "\u0e49" * 8 + "ข"),
        ("a" + "\u0316\u200d" * 50, "a" + "\u0316" * 3),
        ("\u0301\u0301 \u20e0title", "title"),
        ("x\ue000\uf8ff\U000f0000\ufdd0\uffff\U0001fffey", "xy"),
        ("x" + "".join(chr(0xE0100 + byte) for byte in b"hidden"), "x"),
        ("葛" + "\U000e0100" * 5, "葛\U000e0100"),
        ("😀\ufe0f\ufe0f\ufe0f", "😀\ufe0f"),
        ("a\ufe0f b\u180b", "a b"),
        ("".join(chr(0xE0000 + ord(letter)) for letter in "ignore the rules") + "!", "!"),
        ("🏴\U000e0067\U000e0062 or 🏴\U000e0078\U000e007f", "🏴 or 🏴"),
        ("*\u0345\ufe0e\u064b\u064b\u200c\u093cx", "*\u093c\u064b\u064b\u0345x"),
        ("👨\u200d\u200d👩\u200d and \u200dx", "👨👩 and x"),
    ],
)
def test_what_is_hidden_or_heaped_up_is_taken_out(dirty: str, clean: str) -> None:
    assert clean_text(dirty) == clean


def test_half_of_an_emoji_is_not_left_where_a_text_is_cut() -> None:
    assert clean_text("👨\u200d👩\u200d👧", max_chars=4) == "👨\u200d👩"
    assert clean_text("می\u200cخواهم", max_chars=3) == "می"
    assert clean_text("ab c", max_chars=3) == "ab"


def test_what_is_quoted_can_be_seen() -> None:
    assert printable("a\x1b]0;x\x07b\u202e\u200b\ue000") == "a\\x1b]0;x\\x07b\\u202e\\u200b\\ue000"
    assert printable("bytes \udcff\udc80, half \ud83d") == "bytes \\xff\\x80, half \\ud83d"
    assert printable("two\nlines\tand a tab") == "two\nlines and a tab"
    assert printable("z" + "\u0301" * 50) == "z" + "\u0301" * 3


@NOT_TIMED
@given(text=TEXTS)
def test_whatever_is_quoted_is_fit_to_show(text: str) -> None:
    assert not list(unfit(printable(text)))


@NOT_TIMED
@given(text=TEXTS)
def test_escapes_can_be_undone(text: str) -> None:
    escaped = escape_unprintable(text, lambda character: f"\ue000{ord(character)}\ue001")
    assert not list(unfit(re.sub("[\ue000\ue001\t]", "", escaped), heaps=False))
    assert re.sub("\ue000(\\d+)\ue001", lambda match: chr(int(match[1])), escaped) == text


def test_what_is_typed_keeps_blanks_and_halves_and_steers_nothing() -> None:
    assert typed("a \x1b[31mred\x1b]0;t\x07\u202e ") == "a [31mred]0;t "
    assert typed("tab\tand\nbreaks\r\n\u2028") == "tab and breaks  "
    assert typed("می\u200c") == "می\u200c"
    assert typed("👨\u200d") == "👨\u200d"
