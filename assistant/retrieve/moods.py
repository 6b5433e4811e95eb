"""Words that say how a video should feel, and not what it should be about."""

from __future__ import annotations

from functools import cache

from store.text import STOP_WORDS, has_cjk, stem, tokens

_MOODS = """
amazing amusing awesome beautiful best bright calm charming cheerful chill classic comforting
comfy cool cosy cozy creepy cute dark deep depressing dramatic dreamy easy emotional engaging epic
exciting fascinating fast feelgood fresh fun funny gentle goofy good great gripping gritty happy
heartwarming heavy hilarious honest hopeful inspiring intelligent intense interesting light
lighthearted lovely meditative melancholy mellow mindless modern moving nice nostalgic odd old
playful popular powerful quiet quirky relaxing romantic sad satisfying scary sentimental serious
sexy short silly simple slow smart soothing spooky strange stupid suspenseful sweet tense thoughtful
thrilling touching uplifting upbeat violent warm weird whimsical wholesome witty wonderful
action adventure comedy drama horror romance thriller mystery fantasy family animated animation
kid kids child children scifi western documentary
轻松 搞笑 好笑 有趣 幽默 感人 温馨 治愈 安静 恐怖 吓人 刺激 紧张 浪漫 悲伤 开心 快乐 励志 好看
精彩 经典 喜剧 动作 爱情 悬疑 惊悚 动画 科幻 剧情 家庭 无聊 解压 放松 舒服 黑暗 怀旧 文艺
"""


@cache
def _stems() -> frozenset[str]:
    # Chinese ones as they are: to cut them into words would load a dictionary for every request
    return frozenset(word if has_cjk(word) else stem(word) for word in _MOODS.split())


def is_mood(wish: str) -> bool:
    """Whether a wish tells a mood or a wide genre, and no subject: "something funny and light"."""
    telling = {stem(word) for word in tokens(wish) if word not in STOP_WORDS}
    return bool(telling) and telling <= _stems()
