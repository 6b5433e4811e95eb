"""Words that say nothing of what a video is about, and the filler of a request."""

from __future__ import annotations

_ENGLISH = """
a about above across after afterwards again against all almost alone along already also although
always am among an and another any anybody anyhow anyone anything anyway anywhere are around as
ask asked at away back be became because become becomes been before beforehand behind being below
beside besides between beyond both bottom but by call came can cannot come comes could couldn did
didn do does doesn doing don done down due during each eg either else elsewhere enough etc even
ever every everybody everyone everything everywhere except far few for former from further get
gets getting give given goes going gone got had hadn has hasn have haven having he hello hence
her here hereby herein hers herself hey hi him himself his how however i ie if in indeed instead
into is isn it its itself just keep know last later least less let lets like likely likes ll lot
lots made mainly make makes making many may maybe me meanwhile might mightn more
moreover most mostly much must mustn my myself namely near need needn neither never nevertheless
next no nobody none nonetheless noone nor not nothing now nowhere of off often oh ok okay on once
one ones only onto or other others otherwise ought our ours ourselves out over own per perhaps
please put quite rather re really regarding s said same say says see seem seemed seeming seems
seen several shall shan she should shouldn since so some somebody somehow someone something
sometime sometimes somewhere still such sure t take taken than thank thanks that the their theirs
them themselves then thence there thereafter thereby therefore these they thing things think this
those though through throughout thru thus to together too top toward towards try trying under
unless until up upon us use used uses using usually ve very via want wants was wasn we well went
were weren what whatever when whence whenever where whereas whereby wherein wherever whether which
while whither who whoever whole whom whose why will with within without would wouldn yes yet
you your yours yourself yourselves
"""

_REQUEST = """
advise bit bored favorite favorites favourite favourites feel feeling film films find
good great help hope hoping idea ideas interested interesting kind kinds look looking loved
movie movies nice pick picks prefer recommend recommendation recommendations
recommended recommending seeing show shows similar suggest suggested suggestion
suggestions talk talks tell today tonight video videos vids watch watched watching
"""

_CHINESE = """
一 一些 一下 一个 一会 一会儿 一样 一点 一种 一部 一部分 上 下 不 不会 不再 不同 不是 不要 不过
与 且 两 两个 个 个人 中 为 为了 为什么 也 也是 了 二 于 于是 些 人 人们 什么 仅 今天 今晚 从 他
他们 以 以及 以前 以后 们 任何 会 但 但是 位 你 你们 你好 使 使用 便 值得 做 像 先 全 全部 关于
其 其中 其他 其它 其实 再 几 几个 几部 出 分 别 别的 到 前 加 又 及 另 另外 只 只是 只有 叫 可
可以 可是 可能 各 各种 合适 同 同时 名 向 吗 吧 否 呀 呢 和 咱 咱们 哈 哦 哪 哪些 哪个 哪里 啊 啦
喂 喜欢 嗯 因 因为 因此 在 地 多 多少 够 大 大家 太 好 好看 好的 如 如何 如果 它 它们 对 对于 将
小 少 就 就是 尽 已 已经 帮 帮我 并 并且 应该 应当 开始 当 很 得 怎么 怎么样 怎样 总 您 想 想要
想看 想象 感觉 感兴趣 所 所以 所有 才 找 找些 把 按 按照 挺 推荐 推荐一下 换 播放 放 整个 既 是
是否 是的 时 时候 更 更多 最 最近 最好 有 有关 有些 有没有 有的 有趣 未 本 来 来自 某 某些 某个
样 根据 次 欢迎 此 此外 每 每个 比 比如 比较 没 没有 点 然后 然而 照 片子 特别 现在 用 由 由于
电影 的 的话 相关 看 看到 看看 着 知道 种 第 等 等等 类 类似 类型 给 给我 老 而 而且 自 自己 至
若 虽然 行 被 要 要求 视频 觉得 让 讲 讲述 许多 该 说 请 请问 谁 谢谢 起 较 过 还 还是 还有 这
这个 这些 这样 这种 这部 这里 连 适合 通过 那 那么 那个 那些 那样 那里 部 部分 都 里 除了 随便
难道 需要 非常 首先 默认 有什么 我 我们 我想 我要
"""

_OTHERS = """
de la le les des du un une et en est que qui pour dans sur avec ce cette ces cet il elle nous vous
ils elles je tu on se sa ses leur leurs mais ou où donc ne pas par comme tout tous toute
toutes très peut être sont aussi entre sans sous fait faire avoir avons avez ont aux au quel quelle
comment pourquoi quoi cela ça ici alors depuis encore même notre nos votre vos si ainsi lors puis
el los las una y por para con del al lo se su sus como más pero sus este esta estos estas ese esa
eso muy sobre también hay ser es fue han ha desde cuando cuándo qué cómo nos está están
todo todos toda todas puede pueden hacer hace cada uno dos entre donde así mi tu ya gran mejor
der das und ein eine einer eines einem einen ist sind von zu zum zur den dem im auf für
nicht auch als wie sich bei aus nach wird werden wir sie ich ihr kann können oder aber wenn
dass durch über unter vor noch nur mehr sehr haben diese dieser dieses was wo es an bis
os as um uma com não no na nos nas dos das em ao à aos às pelo pela mais mas foi são está você
como isso esse essa este esta seu sua seus suas ele ela eles elas nós muito também já quando
il lo gli di da con su per tra fra non che chi cosa come è sono sia anche più ma se questo questa
questi queste nel nella dei delle degli dal dalla alla un uno ci si del della
и в во не на я он она оно они что с со как а то все всё так его её но да к у же вы за бы по ещё
из от о об для мы это этот эта эти при или чем быть был была было были есть если уже когда даже
ли их нет до под над без можно нужно также только которые который которая очень будет
i w z na do jest nie się że to o jak po dla od oraz co są ale czy przez już być tym tego
の を は が に と で も から まで です ます する した して いる ある これ それ この その へ や
이 그 저 것 수 등 및 를 을 은 는 이란 하는 있는 합니다 있습니다 위한 대한 통해
"""

ENGLISH_STOP_WORDS: frozenset[str] = frozenset(f"{_ENGLISH} {_REQUEST}".split())
STOP_WORDS: frozenset[str] = frozenset(" ".join((_ENGLISH, _REQUEST, _CHINESE, _OTHERS)).split())
"""Lower-cased, unstemmed. A query of stop words alone is searched as it stands."""
