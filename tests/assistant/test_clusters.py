from __future__ import annotations

from assistant.clusters import MAX_CLUSTERS, cluster_by_keywords
from assistant.types import Kind, Video


def video(number: int, *keywords: str, tags: tuple[str, ...] = (), **fields: object) -> Video:
    values = {"id": f"v:{number}", "title": f"Video {number}", "keywords": keywords, "tags": tags}
    return Video.model_validate(values | fields)


def test_videos_that_share_keywords_are_one_cluster_named_by_them() -> None:
    videos = [
        video(number, "python", topic, f"only {number}")
        for number, topic in enumerate(["asyncio", "plots", "testing", "packaging"] * 5)
    ]
    clusters = cluster_by_keywords(videos)
    assert [cluster.name for cluster in clusters] == ["asyncio", "plots", "testing", "packaging"]
    assert clusters[1].members == (1, 5, 9, 13, 17)


def test_every_video_is_in_exactly_one_cluster() -> None:
    videos = [video(n, f"a{n % 7}", f"b{n % 11}", f"c{n % 13}") for n in range(90)]
    videos += [video(n) for n in range(90, 95)]
    members = [member for cluster in cluster_by_keywords(videos) for member in cluster.members]
    assert sorted(members) == list(range(95))


def test_many_videos_make_four_to_eight_clusters() -> None:
    for topics in (2, 5, 12):
        videos = [video(n, f"topic {n % topics}", f"side {n % 9}") for n in range(72)]
        assert 4 <= len(cluster_by_keywords(videos)) <= MAX_CLUSTERS


def test_keywords_are_alike_when_their_words_are() -> None:
    videos = [video(n, word) for n, word in enumerate(["deep learning", "machine learning"] * 2)]
    videos += [video(n, word) for n, word in enumerate(["jazz piano", "jazz guitar"] * 2, 4)]
    assert [cluster.members for cluster in cluster_by_keywords(videos)] == [
        (0, 1, 2, 3),
        (4, 5, 6, 7),
    ]


def test_without_keywords_the_tags_serve() -> None:
    (cluster,) = cluster_by_keywords([video(0, tags=("jazz",)), video(1, tags=("jazz",))])
    assert cluster.name == "jazz"


def test_without_either_the_channel_or_the_kind_names_the_cluster() -> None:
    clusters = cluster_by_keywords(
        [
            video(0, channel="PyCon US"),
            video(1, kind=Kind.FILM),
            video(2, channel="PyCon US"),
            video(3),
            video(4, "jazz"),
        ]
    )
    assert [(cluster.name, cluster.members) for cluster in clusters] == [
        ("PyCon US", (0, 2)),
        ("film", (1,)),
        ("video", (3,)),
        ("jazz", (4,)),
    ]


def test_what_shares_no_keyword_is_named_by_channel_or_kind() -> None:
    alone = [video(n, f"word{n}", kind=Kind.TALK) for n in range(20)]
    assert [cluster.name for cluster in cluster_by_keywords(alone)] == ["talk"]
    (cluster,) = cluster_by_keywords([video(n, f"word{n}", channel="C") for n in range(3)])
    assert cluster.name == "C"


def test_chinese_keywords() -> None:
    videos = [video(n, "人工智能", "入门") for n in range(4)]
    videos += [video(n, "烹饪", "面条") for n in range(4, 8)]
    assert [cluster.name for cluster in cluster_by_keywords(videos)] == [
        "人工智能, 入门",
        "烹饪, 面条",
    ]


def test_no_videos() -> None:
    assert cluster_by_keywords([]) == []
