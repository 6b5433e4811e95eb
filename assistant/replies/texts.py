"""The texts of the replies, in the languages that Matinee speaks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

TextName = Literal[
    "about", "subject", "keywords", "length", "year", "published", "people", "by", "more_people",
    "language", "kind", "channel", "popularity", "link", "unknown",
    "shorter", "newer", "more_popular", "same_length", "same_year", "in_common", "only",
    "fits_better", "nothing_to_compare", "which_video",
    "not_held", "was_picked", "seen", "disliked", "hidden", "shown", "named", "unmet", "carries",
    "scored", "scored_far", "lacks", "just_below", "spread", "spread_from", "stood_for", "same",
    "not_found", "nothing_asked",
    "recall_none", "recall_for", "recall_open",
    "marked", "undone_signal", "undone_note", "undone_forget", "nothing_to_undo",
    "no_limit_alone", "the_nearest", "nearest_number", "nearest_value", "instead", "say_yes",
    "none_left",
]  # fmt: skip

_TEXTS: dict[str, dict[TextName, str]] = {
    "en": {
        "about": "“{title}”: {facts}",
        "subject": "its description says: “{text}”",
        "keywords": "it has no description; its keywords are {words}",
        "length": "it is {value} long",
        "year": "it is from {value}",
        "published": "it was published on {value}",
        "people": "it credits {names}",
        "by": "it is by {names}",
        "more_people": "{names} and {count} more",
        "language": "it is in {value}",
        "kind": "it is filed under {value}",
        "channel": "it is from “{value}”",
        "popularity": "it has {value}",
        "link": "it is at {value}",
        "unknown": "its record does not say {facets}",
        "shorter": "“{one}” is {value} shorter than “{other}”.",
        "newer": "“{one}” is {count} years newer than “{other}”.",
        "more_popular": "“{one}” has more views and likes than “{other}”.",
        "same_length": "They are about equally long.",
        "same_year": "They are from the same year.",
        "in_common": "In common: {words}.",
        "only": "Only “{title}”: {words}.",
        "fits_better": "For what you asked, “{title}” scores highest ({scores}).",
        "nothing_to_compare": "Say which two to compare, by number or title: “compare 1 and 3”.",
        "which_video": "Say which video you mean, by number or title: “what is 2 about?”",
        "not_held": "“{title}” is not in your library, so it cannot be picked.",
        "was_picked": "“{title}” was picked: it is number {rank}.",
        "seen": "You have seen “{title}” already ({signal}); what is known is not picked again.",
        "disliked": "You said that you do not like “{title}”. Like it, and it may come again.",
        "hidden": "You have hidden “{title}”.",
        "shown": "“{title}” was shown earlier in this conversation.",
        "named": "“{title}” is what you asked for others like, so it is left out itself.",
        "unmet": "“{title}” does not meet what you asked for: {limits}.",
        "carries": "“{title}” carries “{term}”, which is to be left out.",
        "scored": "“{title}” scored {score}, place {place} of {of}; number {rank}, the last pick, "
        "scored {last}.",
        "scored_far": "“{title}” scored {score} and is not among the best {of}; number {rank}, the "
        "last pick, scored {last}.",
        "lacks": "What it has less of: {parts}.",
        "just_below": "It misses the last pick by {less}.",
        "spread": "By score alone it would be in; the picks are spread over groups, and others "
        "stand for more of what fits.",
        "spread_from": "It scores more than that; the picks are spread over groups, and others "
        "stand for more of what fits.",
        "stood_for": " Of its group “{group}” there is number {ranks}.",
        "same": "“{title}” is another recording of “{other}”, which scored as much or more.",
        "not_found": "It scores enough, and the search put others forward.",
        "nothing_asked": "Nothing has been asked for yet that it could have been picked for.",
        "recall_none": "Nothing has been shown in this conversation yet.",
        "recall_for": "For “{message}”:",
        "recall_open": "Shown:",
        "marked": "Noted: {list}. Say “undo” to take it back.",
        "undone_signal": "Taken back: {what}.",
        "undone_note": "Taken back: “{said}” is not remembered any more.",
        "undone_forget": "Taken back: “{said}” is remembered again.",
        "nothing_to_undo": "There is nothing to take back in this conversation.",
        "no_limit_alone": "Your library has nothing that is {limit}.",
        "the_nearest": "The nearest: {value} ({count}).",
        "nearest_number": "Nothing fits all of: {limits}. The nearest without “{limit}”: {value} "
        "({count}).",
        "nearest_value": "Nothing fits all of: {limits}. Without “{limit}” there are: {values}.",
        "instead": "It has: {values}.",
        "say_yes": "Say “yes” to see those.",
        "none_left": "You have been shown everything that fits {limits}.",
    },
    "zh": {
        "about": "《{title}》：{facts}",
        "subject": "简介写道：“{text}”",
        "keywords": "没有简介，关键词是 {words}",
        "length": "时长 {value}",
        "year": "{value} 年的",
        "published": "发布于 {value}",
        "people": "参与者有 {names}",
        "by": "主讲是 {names}",
        "more_people": "{names} 等，另有 {count} 人",
        "language": "语言是{value}",
        "kind": "类型是{value}",
        "channel": "来自“{value}”",
        "popularity": "有 {value}",
        "link": "地址是 {value}",
        "unknown": "记录里没有写{facets}",
        "shorter": "《{one}》比《{other}》短 {value}。",
        "newer": "《{one}》比《{other}》新 {count} 年。",
        "more_popular": "《{one}》的观看和点赞比《{other}》多。",
        "same_length": "两部差不多长。",
        "same_year": "两部是同一年的。",
        "in_common": "共同点：{words}。",
        "only": "只有《{title}》有：{words}。",
        "fits_better": "就你的要求来说，《{title}》得分最高（{scores}）。",
        "nothing_to_compare": "请说比较哪两个，用序号或片名：“比较一下 1 和 3”。",
        "which_video": "请说是哪一个，用序号或片名：“第二个讲什么？”",
        "not_held": "片库里没有《{title}》，所以无法推荐。",
        "was_picked": "《{title}》推荐了：是第 {rank} 个。",
        "seen": "你已经看过《{title}》（{signal}），看过的不再推荐。",
        "disliked": "你说过不喜欢《{title}》。",
        "hidden": "你把《{title}》隐藏了。",
        "shown": "《{title}》在这次对话里已经推荐过。",
        "named": "你要的是类似《{title}》的，所以它本身不在其中。",
        "unmet": "《{title}》不符合你的要求：{limits}。",
        "carries": "《{title}》含有“{term}”，而你不要这个。",
        "scored": "《{title}》得分 {score}，在 {of} 个里排第 {place}；最后一个推荐（第 {rank} 个）"
        "得分 {last}。",
        "scored_far": "《{title}》得分 {score}，不在最好的 {of} 个里；最后一个推荐（第 {rank} 个）"
        "得分 {last}。",
        "lacks": "它较弱的是：{parts}。",
        "just_below": "与最后一个推荐只差 {less}。",
        "spread": "单看得分它应该在内；推荐要分散到不同的组，别的视频代表了更多符合的内容。",
        "spread_from": "它的得分更高；推荐要分散到不同的组，别的视频代表了更多符合的内容。",
        "stood_for": "它所在的“{group}”组里已有第 {ranks} 个。",
        "same": "《{title}》与得分不低于它的《{other}》是同一内容。",
        "not_found": "它的得分够，但搜索时没有列为候选。",
        "nothing_asked": "还没有提出过它可能符合的要求。",
        "recall_none": "这次对话里还没有推荐过。",
        "recall_for": "“{message}”：",
        "recall_open": "推荐过：",
        "marked": "已记下：{list}。说“撤销”可以取消。",
        "undone_signal": "已撤销：{what}。",
        "undone_note": "已撤销：不再记住“{said}”。",
        "undone_forget": "已撤销：重新记住“{said}”。",
        "nothing_to_undo": "这次对话里没有可以撤销的。",
        "no_limit_alone": "片库里没有符合“{limit}”的视频。",
        "the_nearest": "最接近的是 {value}（{count}）。",
        "nearest_number": "没有同时符合这些条件的：{limits}。去掉“{limit}”，最接近的是 {value}"
        "（{count}）。",
        "nearest_value": "没有同时符合这些条件的：{limits}。去掉“{limit}”则有：{values}。",
        "instead": "有的是：{values}。",
        "say_yes": "说“好”就给你看这些。",
        "none_left": "符合 {limits} 的都推荐过了。",
    },
}


def text(name: TextName, language: str, **values: object) -> str:
    """The text in `language`, or in English where that is not spoken.

    What is filled in is not looked into again: a title with braces in it stays as it is.
    """
    return _TEXTS.get(language, _TEXTS["en"])[name].format(**values)


def joined(texts: Iterable[str], language: str) -> str:
    """Sentences one after the other: with a space between them where the language has one."""
    return ("" if spoken(language) == "zh" else " ").join(texts)


def spoken(language: str) -> str:
    """The language that a reply is given in."""
    return language if language in _TEXTS else "en"
