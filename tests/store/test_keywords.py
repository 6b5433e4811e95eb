from __future__ import annotations

from assistant.types import Video
from store.keywords import extract_keywords, tag_phrases
from store.text import stem, tokens

LARGE = 1_000


def keywords(
    *, library: int = LARGE, df: dict[str, int] | None = None, **fields: object
) -> list[str]:
    """The keywords of a video in a library where its words occur in ten videos, or in `df`."""
    video = Video.model_validate({"id": "t:1", **fields})
    texts = (video.title, video.description, *video.tags)
    frequencies = {stem(word): 10 for text in texts for word in tokens(text)}
    frequencies.update({stem(word): count for word, count in (df or {}).items()})
    phrases = tag_phrases(["machine learning", "lightning talk", "Natural Language Processing"])
    return list(extract_keywords(video, frequencies, library, phrases=phrases))


def test_tags_come_first_cleaned_and_merged() -> None:
    found = keywords(
        title="Watching whales",
        tags=("#Whales", "whale", "deep_sea", "Deep Sea", "Biology"),
    )
    assert found == ["whales", "deep sea", "biology"]


def test_tags_that_say_nothing_are_dropped() -> None:
    found = keywords(
        title="x",
        channel="PyCon AU 2020",
        tags=(
            *(
                "2020",
                "pyconau_2020",
                "PyConAU",
                "42",
                "djangocon2011",
                "tutorial",
                "Lightning Talks",
            ),
            *(
                "the video",
                "python",
                "a tag that goes on for much longer than a keyword",
                "ok",
            ),
            "concurrency",
        ),
        df={"python": 700},
    )
    assert found == ["concurrency"]


def test_what_nearly_all_carry_is_kept_in_a_small_library() -> None:
    tags = ("python", "gardens")
    assert keywords(library=30, df={"python": 29}, title="x", tags=tags) == [*tags]
    assert keywords(library=300, df={"python": 290}, title="x", tags=tags) == ["gardens"]


def test_telling_words_follow_in_the_form_in_which_they_are_written() -> None:
    found = keywords(
        title="The Volcanoes of Iceland",
        description="Volcanoes erupt. An eruption of lava; lava flows. See https://lava.example/erupt",
        df={"iceland": 5, "volcanoes": 5, "lava": 20, "erupt": 40},
    )
    assert found == ["volcanoes", "iceland", "lava", "erupt"]


def test_names_of_people_and_channel_are_no_subjects() -> None:
    found = keywords(
        title="Ada Lovelace on engines - BabbageTV",
        people=("Ada Lovelace",),
        channel="BabbageTV",
        description="Ada Lovelace explains engines.",
    )
    assert found == ["engines", "explains"]


def test_one_mention_counts_only_where_there_is_little_else() -> None:
    once = "Granite, basalt, marble, slate, limestone, quartz."
    assert len(keywords(title="Rocks", description=once)) == 4
    rich = keywords(title="Geology rocks minerals crystals strata", description=once)
    assert rich == ["geology", "rocks", "minerals", "crystals", "strata"]


def test_a_word_that_no_other_video_has_is_left_out_of_a_large_library() -> None:
    title = "Xylotomy and forests"
    assert keywords(df={"xylotomy": 1}, title=title) == ["forests"]
    assert keywords(library=20, df={"xylotomy": 1}, title=title) == ["xylotomy", "forests"]


def test_phrases_that_the_library_knows_stay_together() -> None:
    found = keywords(title="Machine learning and natural language processing for machines")
    assert found == ["machine learning", "natural language processing"]
    assert "lightn talk" not in tag_phrases(["lightning talk"])


def test_chinese_words_of_two_characters_and_more() -> None:
    found = keywords(
        title="深度学习入门", description="深度学习的基础，神经网络。", tags=("人工智能",)
    )
    assert found[0] == "人工智能"
    assert {"深度", "学习", "入门"} <= set(found)
    assert "的" not in found


def test_at_most_so_many_and_none_twice() -> None:
    tags = tuple(f"{letter}-side" for letter in ("north", "south", "east", "west") * 3)
    many = (*tags, *("alpha", "beta", "gamma", "delta", "epsilon", "zeta"))
    found = keywords(title="x", tags=many)
    assert len(found) == 8
    assert len({tuple(map(stem, each.split("-"))) for each in found}) == 8


def test_nothing_to_say() -> None:
    assert keywords(title="2020") == []
    assert extract_keywords(Video(id="t:1", title="Solitude"), {}, 0) == ("solitude",)
