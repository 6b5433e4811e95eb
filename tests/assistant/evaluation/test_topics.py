from __future__ import annotations

from pathlib import Path

import pytest

from assistant.evaluation.topics import make_topics, read_topics, tag_key, without_words
from assistant.types import Video

SIDE_SUBJECTS = ("maps", "numpy", "testing")


def talk(number: int, title: str, *tags: str, event: int = 0) -> Video:
    return Video(id=f"t:{number:04}", title=title, tags=tags, channel=f"Meeting {event}")


def library() -> list[Video]:
    """Twelve talks on machine learning at four events, half as many on three other subjects."""
    spellings = ("machine-learning", "Machine Learning", "MachineLearning")
    videos = [
        talk(n, "Machine learning in a day", spellings[n % 3], SIDE_SUBJECTS[n % 3], event=n % 4)
        for n in range(12)
    ]
    videos += [talk(100 + n, f"Gardens {n}", "PyCon", event=n % 4) for n in range(20)]
    videos += [talk(200 + n, f"Rooms {n}", "room 12", event=n % 4) for n in range(20)]
    return videos + [talk(300 + n, f"Alone {n}", "at one event", event=9) for n in range(20)]


def test_a_subject_is_asked_for_and_its_carriers_are_relevant() -> None:
    (topic,) = make_topics(library(), count=10).topics
    assert topic.id == "machine learning"
    assert "about machine learning" in topic.request
    assert topic.relevant == {f"t:{n:04}" for n in range(12)}


def test_the_other_subjects_of_a_video_are_its_subtopics() -> None:
    (topic,) = make_topics(library(), count=10).topics
    assert topic.subtopics["t:0001"] == {"numpy"}
    assert frozenset().union(*topic.subtopics.values()) == {*SIDE_SUBJECTS}
    assert topic.subtopics.keys() == topic.relevant


def test_its_words_are_in_no_title_and_no_list_of_tags() -> None:
    for video in make_topics(library(), count=10).videos:
        assert "machine" not in video.title.casefold()
        assert "machinelearning" not in {tag_key(tag) for tag in video.tags}


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Machine Learning: an overview", "an overview"),
        ("An overview (machine-learning)", "An overview"),
        ("Learning machines", "Learning machines"),
        ("Databases and a database, compared", "and a compared"),
        ("Metadatabases", "Metadatabases"),
        ("Nothing of it - at all", "Nothing of it - at all"),
        ("Database", "Meeting 0"),
    ],
)
def test_words_go_as_phrases_and_in_the_plural(title: str, left: str) -> None:
    keys = {tag_key("machine learning"), tag_key("database")}
    assert without_words(talk(1, title), keys).title == left


def test_descriptions_stay() -> None:
    video = talk(1, "On databases").model_copy(update={"description": "All about databases."})
    assert without_words(video, {tag_key("database")}).description == "All about databases."


def test_distractors_can_be_fewer_and_no_relevant_video_is_lost() -> None:
    few = make_topics(library(), count=10, distractors=5)
    assert len(few.videos) == 12 + 5
    assert few.topics[0].relevant <= {video.id for video in few.videos}


def test_the_same_seed_draws_the_same() -> None:
    one, same, other = (
        make_topics(library(), count=10, distractors=5, seed=seed) for seed in (1, 1, 2)
    )
    assert one == same
    assert one.videos != other.videos


def test_the_words_may_stay() -> None:
    kept = make_topics(library(), count=10, words_stay=True)
    assert kept.videos == tuple(library())
    assert kept.topics == make_topics(library(), count=10).topics


@pytest.mark.shared_data
def test_the_real_talks(shared_data: Path) -> None:
    found = read_topics(shared_data / "pyvideo-data.zip", count=1_000)
    names = {topic.id for topic in found.topics}
    assert len(names) > 150
    assert {"machine learning", "security", "docker"} <= names
    assert not names & {"pycon", "talk", "keynote", "tutorial", "europython 2020", "minsk"}
    assert all(5 <= len(topic.relevant) <= 400 for topic in found.topics)
