"""What a person says about themselves is told from what they want now."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.types import Avoided, Company, Kind, Preference, Scope
from assistant.understand.preferences import MOST_SAID, Noted, read_preferences
from assistant.understand.reading import MASK

TODAY = date(2026, 11, 24)


def read(text: str) -> Noted:
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in text)
    return read_preferences(text, "zh" if chinese else "en", today=TODAY)


def means(preference: Preference) -> dict[str, Any]:
    """What it means, without what is at its default."""
    meaning = preference.model_dump(exclude_defaults=True, exclude={"said", "at", "id"})
    if "avoid" in meaning:
        meaning["avoid"] = [one.term for one in preference.avoid]
    limits: dict[str, Any] = meaning.pop("constraints", {})
    return limits | meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("I never watch films over two hours", {"max_duration_s": 7200}),
        ("I never watch anything longer than two hours", {"max_duration_s": 7200}),
        ("I never watch talks shorter than 30 minutes", {"min_duration_s": 1800}),
        ("I only watch films under two hours", {"max_duration_s": 7200}),
        ("I never watch films from before 1980", {"min_year": 1980}),
        ("I don't watch anything made before 2000", {"min_year": 2000}),
        ("I never watch subtitled films", {"languages": ("en",)}),
        ("I hate subtitles", {"languages": ("en",)}),
        ("I don't do subtitles", {"languages": ("en",)}),
        ("I only watch in English or French", {"languages": ("en", "fr")}),
        ("I only speak English", {"languages": ("en",)}),
        ("I don't speak French", {"not_languages": ("fr",)}),
        ("I never watch French or Italian films", {"not_languages": ("fr", "it")}),
        ("I never watch documentaries", {"not_kinds": (Kind.DOCUMENTARY,)}),
        ("I only watch documentaries", {"kinds": (Kind.DOCUMENTARY,)}),
        ("我从来不看带字幕的电影", {"languages": ("zh",)}),
        ("不看字幕片", {"languages": ("zh",)}),
        ("我从来不看两个小时以上的电影", {"max_duration_s": 7200}),
        ("我听不懂日语", {"not_languages": ("ja",)}),
        ("我只看中文或英文的", {"languages": ("zh", "en")}),
        ("我只看纪录片", {"kinds": (Kind.DOCUMENTARY,)}),
        ("我从不看1980年以前的电影", {"min_year": 1980}),
    ],
)
def test_limits(text: str, meaning: dict[str, Any]) -> None:
    [preference] = read(text).preferences
    assert means(preference) == meaning
    assert preference.said == text


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("I never watch horror", ["horror"]),
        ("I hate horror, slashers and gore", ["horror", "slasher", "gore"]),
        ("I can't stand musicals", ["musical"]),
        ("I cant stand musicals", ["musical"]),
        ("I don't like reality TV", ["reality tv"]),
        ("we never watch westerns", ["western"]),
        ("I'm allergic to rom-coms", ["rom-com"]),
        ("I never watch French horror films", ["french horror"]),
        ("I don't watch black and white films", ["black and white"]),
        ("I never watch films with Adam Sandler", ["adam sandler"]),
        ("please never show me anything with spiders", ["spider"]),
        ("from now on, no horror", ["horror"]),
        ("no horror ever", ["horror"]),
        ("remember that I don't like gore", ["gore"]),
        ("我讨厌恐怖片", ["恐怖"]),
        ("我怕蜘蛛", ["蜘蛛"]),
        ("我一般不看综艺", ["综艺"]),
        ("以后别给我推荐体育类的", ["体育"]),
    ],
)
def test_what_is_to_be_left_out(text: str, terms: list[str]) -> None:
    [preference] = read(text).preferences
    assert means(preference) == {"avoid": terms}


def test_exceptions() -> None:
    for text in (
        "I never watch horror except zombie comedies",
        "remember: no horror except zombie comedies",
    ):
        [preference] = read(text).preferences
        assert preference.avoid == (Avoided(term="horror", unless=("zombie comedies",)),)


@pytest.mark.parametrize(
    ("text", "likes"),
    [
        ("I love Ghibli", ("Ghibli",)),
        ("I love Studio Ghibli and Pixar", ("Studio Ghibli", "Pixar")),
        ("I'm a huge fan of Kurosawa", ("Kurosawa",)),
        ("im a fan of westerns", ("westerns",)),
        ("I'm into anime and manga", ("anime", "manga")),
        ("I'm a sci-fi nerd", ("sci-fi",)),
        ("my favourite director is Agnès Varda", ("Agnès Varda",)),
        ("I usually watch documentaries", ("documentaries",)),
        ("I watch a lot of crime dramas", ("crime dramas",)),
        ("I like comedies more than dramas", ("comedies",)),
        ("I like rock and roll films", ("rock and roll",)),
        ("我喜欢吉卜力", ("吉卜力",)),
        ("我最喜欢的导演是是枝裕和", ("是枝裕和",)),
        ("我是科幻迷", ("科幻",)),
        ("我最爱科幻和悬疑", ("科幻", "悬疑")),
        ("我喜欢看关于太空的纪录片", ("太空的纪录片",)),
    ],
)
def test_likes(text: str, likes: tuple[str, ...]) -> None:
    [preference] = read(text).preferences
    assert means(preference) == {"likes": likes}


@pytest.mark.parametrize(
    ("text", "dislikes"),
    [
        ("I'm not that into sports", ("sports",)),
        ("I don't really like romance", ("romance",)),
        ("I'm not a big fan of musicals", ("musicals",)),
        ("horror isn't my thing", ("horror",)),
        ("我不太喜欢体育", ("体育",)),
        ("我对爱情片不感兴趣", ("爱情",)),
    ],
)
def test_what_counts_against_a_pick_without_ruling_it_out(
    text: str, dislikes: tuple[str, ...]
) -> None:
    [preference] = read(text).preferences
    assert means(preference) == {"dislikes": dislikes}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("I only watch English films tonight", Scope.SESSION),
        ("I'm allergic to spiders today", Scope.SESSION),
        ("我今天只看喜剧", Scope.SESSION),
        ("with the kids, nothing over 90 minutes, ever", Scope.KIDS),
        ("when the kids are here, no horror", Scope.KIDS),
        ("with the kids I only watch cartoons", Scope.KIDS),
        ("my kids love dinosaurs", Scope.KIDS),
        ("my son is scared of clowns", Scope.KIDS),
        ("my wife can't stand war films", Scope.PARTNER),
        ("my friends love bad movies", Scope.FRIENDS),
        ("和孩子一起看的时候不要恐怖片", Scope.KIDS),
        ("我们家孩子怕鬼片", Scope.KIDS),
        ("我老婆喜欢韩剧", Scope.PARTNER),
        ("I never watch horror", Scope.ALWAYS),
    ],
)
def test_when_it_holds(text: str, scope: Scope) -> None:
    [preference] = read(text).preferences
    assert preference.scope is scope


@pytest.mark.parametrize(
    "text",
    [
        "I want something funny",
        "tonight I'd love something funny",
        "I’d love something funny",
        "I would like French films",
        "no horror",
        "I don't want horror tonight",
        "I feel like a western",
        "I'm in the mood for jazz",
        "I like something light tonight",
        "I love it",
        "I like the second one",
        "I hate that one",
        "I don't like any of these",
        "I like more action",
        "I love how quiet it is",
        "I only have 20 minutes",
        "I can only watch for 30 minutes",
        "I want only French films",
        "only French films",
        "something with actors I love",
        "show me films I like",
        "what do I never watch?",
        "do you remember that I love Ghibli?",
        "I've never seen it",
        "never show me number 5 again",
        "a film about a man who hates dogs",
        "I need a film my kids will love",
        "the best film ever",
        "I hate to say it but these are boring",
        "I don't care",
        "I don't know French cinema well, what should I start with?",
        "我想看恐怖片",
        "不要恐怖片",
        "不想看恐怖片",
        "今天不看恐怖片",
        "我喜欢第二个",
        "我不喜欢它",
        "来点我喜欢的",
        "你喜欢什么",
        "我没看过",
        "",
        "   ",
    ],
)
def test_wishes_of_the_moment_and_talk_of_picks_are_no_memory(text: str) -> None:
    assert read(text).preferences == ()


def test_a_title_is_no_taste() -> None:
    text = "I love Alien"
    masked = "I love " + MASK * 5
    assert read_preferences(masked, "en", source=text).preferences == ()


def test_the_words_are_kept_as_they_were_said() -> None:
    text = "I love jazz and Alien, what should I watch?"
    masked = text.replace("Alien", MASK * 5)
    found = read_preferences(masked, "en", source=text)
    assert [(one.said, one.likes) for one in found.preferences] == [
        ("I love jazz and Alien", ("jazz",))
    ]
    [long] = read("I love " + "very " * 200 + "long films").preferences
    assert len(long.said) <= MOST_SAID


def test_what_else_is_said_is_left_to_the_other_rules() -> None:
    for text, rest in (
        ("I love jazz, what should I watch tonight?", "what should I watch tonight?"),
        ("I hate horror, show me something funny", "show me something funny"),
        ("我喜欢爵士乐，今晚看什么好？", "今晚看什么好？"),
    ):
        found = read(text)
        assert len(found.preferences) == 1
        [(start, end)] = found.spans
        assert (text[:start] + text[end:]).strip(" ,，") == rest


def test_several_at_once() -> None:
    found = read("also I love westerns but I hate romances. My kids love dinosaurs!")
    assert [means(one) for one in found.preferences] == [
        {"likes": ("westerns",)},
        {"avoid": ["romance"]},
        {"likes": ("dinosaurs",), "scope": Scope.KIDS},
    ]


def test_what_is_to_be_remembered_is_even_where_it_means_nothing_for_picks() -> None:
    for text in ("remember that I live in Leeds", "记住我住在北京"):
        [preference] = read(text).preferences
        assert means(preference) == {}
        assert preference.said == text
    assert read("remember").preferences == ()


@pytest.mark.parametrize(
    ("text", "company", "left"),
    [
        ("my kids are with me", Company.KIDS, False),
        ("the kids are here", Company.KIDS, False),
        ("a film for my kids", Company.KIDS, False),
        ("my 6-year-old is watching too", Company.KIDS, False),
        ("something funny to watch with my girlfriend", Company.PARTNER, False),
        ("friends are coming over, something we can all laugh at", Company.FRIENDS, False),
        ("I've got the kids with me", Company.KIDS, False),
        ("date night, a romantic comedy", Company.PARTNER, False),
        ("孩子在我旁边", Company.KIDS, False),
        ("孩子们也在", Company.KIDS, False),
        ("和孩子一起看的动画片", Company.KIDS, False),
        ("今晚跟女朋友看什么电影好", Company.PARTNER, False),
        ("朋友来家里，想看能一起笑的", Company.FRIENDS, False),
        ("the kids are in bed now", None, True),
        ("the kids left", None, True),
        ("just me now", None, True),
        ("I'm alone tonight", None, True),
        ("孩子睡了", None, True),
        ("就我一个人了", None, True),
        ("a documentary about street kids in India", None, False),
        ("a film about a man living with friends", None, False),
        ("something about my kids", None, False),
        ("kids movies", None, False),
        ("movies with kids in them", None, False),
        ("关于孩子的电影", None, False),
        ("想看孩子在森林里迷路的电影", None, False),
        ("my kids love dinosaurs", None, False),
    ],
)
def test_who_watches(text: str, company: Company | None, left: bool) -> None:
    found = read(text)
    assert (found.company, found.left) == (company, left)


@pytest.mark.parametrize(
    "piece",
    [
        "I never watch ",
        "I love ",
        "my kids ",
        "with the kids, ",
        "remember ",
        "我从来不看",
        "的时候",
        "and ",
    ],
)
def test_long_messages_are_read_in_time(piece: str) -> None:
    read(piece * 400)
