"""How claims are made in Chinese."""

# ruff: noqa: E501 - a pattern in two pieces is harder to read than a long one

from __future__ import annotations

import re

from assistant.explain.claims.idiom import Check, Idiom, LengthForm, Rule
from assistant.explain.claims.marks import CHANNEL, MARK, PERSON, QUOTE, TITLE
from assistant.explain.claims.numbers import How
from assistant.types import Kind
from store.stop_words import STOP_WORDS

_TITLES = rf"(?P<of>{TITLE}(?:(?:、|和|与|以及){TITLE})*)"
_WORDS = rf"[^，。；：！？,.;:!?{MARK[1:-1]}]+?(?=[，。；：！？,.;:!?]|$|的(?:电影|视频|演讲|片))"
_OF = rf"(?P<of>{MARK}(?:(?:、|和){MARK})*|{_WORDS})"
_IT = "(?:它|这部|这个|这一个|这部电影|这个演讲|本片)"
_LIKE = "(?:喜欢|喜爱)"
_SAY = "(?:提到|提过|说到|说的|说过|点名|提及)(?:过|的|了)?"
_ASK = "(?:要的|想要的?|要找的?|想看的?|要求的?|所要的?|找的)"
_SPOKEN = "(?:主讲|演讲|讲授|带来|讲解)"


def _rule(check: Check, pattern: str) -> Rule:
    return Rule(check, re.compile(pattern))


_RULES = (
    _rule(
        Check.IDENTITY,
        rf"(?:就是|正是|是|名为|叫做?|片名为|推荐|去看|请看)(?P<of>{TITLE})(?!是?(?:你|相近|不远|离))",
    ),
    _rule(Check.OF_ANOTHER, rf"(?P<of>{TITLE})(?:是一|有[0-9]|长达|时长|讲述|由)"),
    _rule(
        Check.OTHERS,
        rf"{_LIKE}{_TITLES}的(?:人|观众)(?:往往|常常?|大多)?也(?:往往|常常?)?{_LIKE}{_IT}?",
    ),
    _rule(Check.OTHERS, rf"(?:别人|其他人|不少人|大家)(?:常|往往)?把{_IT}和{_TITLES}一起{_LIKE}"),
    _rule(
        Check.ASKED, rf"(?:正如|照|按|如)?(?P<of>你)(?:所)?(?:要的|要求的|说的)(?![{MARK[1:-1]}\w])"
    ),
    _rule(
        Check.VIEWER,
        r"你(?P<of>(?:最|很|非常|特别|超)(?:喜欢|喜爱|爱)|热爱|总是|从不|从来|一直|讨厌|不喜欢|常看|经常|一定|肯定|会爱)[^，。；！？]*",
    ),
    _rule(Check.WATCHED, rf"你(?:刚|已经)?(?:看过|看了|看完)(?:了|的)?{_OF}"),
    _rule(Check.TOLD, rf"你(?:说过|告诉过?我)(?:的)?(?P<of>{QUOTE})"),
    _rule(Check.LIKED, rf"你{_LIKE}(?:的|过的?)?(?:电影|视频)?{_OF}"),
    _rule(Check.LIKED, rf"{_TITLES}(?:也)?是你{_LIKE}的"),
    _rule(Check.HISTORY, rf"你(?:的)?(?:观看)?历史(?:里|中)(?:的|有)?{_TITLES}"),
    _rule(Check.HISTORY, rf"{_TITLES}在你的历史(?:里|中)"),
    _rule(Check.INTEREST, rf"你对{_OF}(?:的|有|感)(?:兴趣)"),
    _rule(Check.INTEREST, rf"你的兴趣(?:是|里有)?{_OF}"),
    _rule(Check.ASKED, rf"你(?:刚才|刚刚|所)?(?:{_SAY}|{_ASK}|要|说){_OF}"),
    _rule(Check.NAMED, rf"{_TITLES}是你(?:{_SAY}|{_ASK})"),
    _rule(
        Check.NOTHING,
        r"给你|为你|你的(?:片库|要求)(?:里|中)?|你(?:也许|可能|或许)(?:也)?会?(?:喜欢|想看)(?:它)?",
    ),
    _rule(Check.COMPARED, rf"比{_TITLES}(?:更|还)?(?P<how>短|长|新|早|老)"),
    _rule(
        Check.NEAR,
        rf"(?:与|和|跟|同|离|像|类似于?|近似于?|接近){_TITLES}(?:很|较|比较|也|都)?(?:相近|相似|类似|近|不远|接近|差不多|一样|挨得近|风格相近)?",
    ),
    _rule(Check.NEAR, rf"(?:就在)?{_TITLES}(?:就)?(?:的)?(?:附近|旁边|在它附近|离它(?:很|较)近)"),
    _rule(Check.NOT_A_ROLE, rf"(?P<of>{PERSON})(?:导演|执导|主演|出演|编剧|配音|饰演|制作)"),
    _rule(Check.NOT_A_ROLE, rf"(?:由)?(?P<of>{PERSON})(?:的导演|担任导演)"),
    _rule(Check.ABOUT_PERSON, rf"(?:关于|讲述|讲的是)(?P<of>{PERSON})"),
    _rule(Check.BY, rf"(?:由)?(?P<of>{PERSON}(?:(?:、|和){PERSON})*){_SPOKEN}"),
    _rule(Check.CREDITED, rf"名单(?:里|中)(?:有|写着)?(?P<of>{PERSON}(?:(?:、|和){PERSON})*)"),
    _rule(Check.CREDITED, rf"(?P<of>{PERSON})在(?:它的)?名单(?:里|中)"),
    _rule(Check.BY, rf"(?P<of>{PERSON}(?:(?:、|和){PERSON})*)的"),
    _rule(Check.NOTHING, rf"{CHANNEL}"),
    _rule(Check.RANK, r"(?:排|名列|排在)?第(?P<of>[0-9一二三四五])(?:个|名|位|部)?"),
    _rule(Check.NOTHING, r"不远|不妨|较近|最近的"),
    _rule(
        Check.SUPERLATIVE,
        r"(?P<of>最\w{0,2}|更\w?|比较|唯一|所有|全部|每\w|著名|经典|完美|获奖|必看|热门|首选|第一)",
    ),
    _rule(Check.DENIAL, r"(?P<of>(?:不|没有?|无|非|别)\w{0,3})"),
    _rule(Check.VIEWER, r"(?P<of>你(?:的|们)?|您|我们|大家)"),
)

_ALL = frozenset(Kind)
_GLUE_WORDS = """
它 这 这个 这部 这一个 一个 一部 一位 是 的 了 和 与 也 都 就 在 有 里 中 上 为 因为 所以 因此 而 而且 推荐 找到 选 选择
给 可以 可能 看看 试试 怎么样 来自 出自 提到 文字 标签 名单 时长 长 全长 片长 年 分钟 关于 内容 主题 讲 讲的 讲述 介绍 谈到 涉及
作品 片子 那 那么 另外 还有 还 再 同样 一些 相关 意思 附近 相近 类似 风格 一样 像 从 到 由 及 以及 对 把 被 让 会 能 这里
说 说到 想 要 找 兴趣 片库 视频 部 个 位 次 观看 人 话题 语言 频道 上映 发布 带 一下 吧 呢 啊 哦 正 正好 正是 出发 其中 离 离得 得 引出 这是 它是 出来 引
"""

CHINESE = Idiom(
    language="zh",
    rules=_RULES,
    lengths=LengthForm(
        re.compile(
            r"(?P<how>约|大约|大概|将近|不到|不超过|最多|超过|至少|不少于|以内)?(?:要|有)?(?P<n>\d+(?:\.\d+)?|半|一|两|二|三|一个半)个?"
            r"(?P<unit>小时|钟头|分钟|秒钟?)(?:(?P<n2>\d+|半)(?:分钟?|小时)?)?"
        ),
        {"小时": 3600, "钟头": 3600, "分钟": 60, "秒": 1, "秒钟": 1},
    ),
    years=re.compile(
        r"(?:(?P<how>从|自|早于|晚于|不早于|不晚于|约)|(?P<topic>关于|讲述|背景是|发生在|设定在))?"
        r"(?<!\d)(?P<y>(?:18|19|20|21)\d\d)(?:年(?P<s>代)?|(?!\d))"
    ),
    counts=re.compile(
        r"(?P<how>约|大约|超过|不到|至少|将近)?(?P<n>\d[\d,.]*)(?P<scale>亿|万|千)?(?P<what>次观看|次播放|人看过|个?赞|个喜欢)"
    ),
    scales={"千": 1_000, "万": 10_000, "亿": 100_000_000},
    likes=frozenset({"个赞", "赞", "个喜欢"}),
    hows={
        "约": How.ABOUT, "大约": How.ABOUT, "大概": How.ABOUT, "将近": How.ABOUT, "不到": How.BELOW,
        "不超过": How.MOST, "最多": How.MOST, "以内": How.MOST, "超过": How.ABOVE, "至少": How.LEAST,
        "不少于": How.LEAST, "早于": How.BELOW, "晚于": How.ABOVE, "不早于": How.LEAST,
        "不晚于": How.MOST,
    },
    numerals={
        "半": 0.5, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "一个半": 1.5,
    },
    kinds={
        "电影": frozenset({Kind.FILM}), "影片": frozenset({Kind.FILM}), "片": _ALL,
        "剧集": frozenset({Kind.SERIES}), "电视剧": frozenset({Kind.SERIES}),
        "单集": frozenset({Kind.EPISODE}), "纪录片": frozenset({Kind.DOCUMENTARY}),
        "演讲": frozenset({Kind.TALK}), "讲座": frozenset({Kind.LECTURE}),
        "课程": frozenset({Kind.COURSE}), "教程": frozenset({Kind.TUTORIAL}),
        "音乐": frozenset({Kind.MUSIC}), "喜剧": frozenset({Kind.COMEDY}),
        "短片": frozenset({Kind.SHORT}), "视频": _ALL,
    },
    glue=STOP_WORDS | frozenset(_GLUE_WORDS.split()),
)  # fmt: skip
"""Chinese."""
