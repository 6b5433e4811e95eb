"""Requests that have nothing to do with videos: the weather, a poem, a sum, a flight.

A request that is wrongly turned away is worse than one that is searched for in vain, so a message
is off the topic only where it says so plainly and asks for nothing to watch: "a film about the
weather", "poems about war" and "learn to code" are wishes.
"""

from __future__ import annotations

import re

_PLEASE = (
    r"(?:(?:please|pls|hey|hi|hello|ok|okay|so|and|can you|could you|would you|will you|can u|"
    r"i want you to|i need you to|matinee|just|now|do you know|tell me)\W+)*"
)
_WRITTEN = (
    r"(?:poems?|haikus?|limericks?|songs?|essays?|e-?mails?|letters?|stor(?:y|ies)|code|functions?|"
    r"scripts?|programs?|apps?|regex|quer(?:y|ies)|cv|resume|cover letter|speech|report|article|"
    r"blog|post|tweets?|messages?|sentences?|paragraphs?|reviews?|lyrics|birthday wishes|summary|"
    r"joke|riddle)"
)
_UNIT = r"(?:dollars?|euros?|pounds?|yen|kg|kilos?|miles?|km|celsius|fahrenheit|inches|feet|cups?)"
_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_PLAIN_SUM = rf"{_NUMBER}\s*(?:[+*×÷]|plus|minus|times|divided by|multiplied by)\s*{_NUMBER}"
_SUM = (
    rf"{_NUMBER}\s*(?:[-+*/×÷x^]|plus|minus|times|divided by|multiplied by|over|to the power of)\s*"
    rf"{_NUMBER}"
)
_ENGLISH = (
    r"(?:what(?:'s|s| is)?|how(?:'s|s| is)?) (?:the )?(?:weather|temperature|forecast)\b.*",
    r"(?:the )?weather(?: forecast)?(?: (?:in|for|today|tomorrow|tonight|now|like|here)\b.*)?",
    r"(?:will|is|does) it (?:going to )?(?:rain|snow|raining|snowing|be (?:sunny|cold|hot"
    r"|warm))\b.*",
    r"(?:do i need|should i take) an? (?:umbrella|coat|jacket)\b.*",
    rf"(?:write|compose|draft|generate|make up|give me)(?: me| us| my)?(?: \w+)? (?:an?|some|the"
    rf"|my)"
    rf" (?:\w+ ){{0,3}}{_WRITTEN}\b.*",
    rf"(?:write|compose|draft) (?:me|us) (?:\w+ ){{0,3}}{_WRITTEN}\b.*",
    r"tell (?:me |us )?(?:an?|another|some) (?:\w+ )?(?:jokes?|riddles?|bedtime stor\w+|stor(?:y"
    r"|ies))"
    r"\b.*",
    r"sing (?:me |us )?(?:an?|something)\b.*",
    r"translate\b.+",
    r"how (?:do|would|can) (?:you|i|u) (?:say|spell|pronounce) .+",
    r"what does ['\"“]?[\w-]+['\"”]? mean(?: in \w+)?",
    rf"(?:(?:what(?:'s|s| is)|how much is|calculate|compute|solve|add up|work out) {_SUM}"
    rf"|{_PLAIN_SUM})"
    r".*",
    r"(?:calculate|compute|solve)\b.*\d.*|what(?:'s| is) the (?:square root|cube root|sum"
    r"|product) of .+",
    rf"(?:convert|how many|how much is) .*\b{_UNIT}\b.*\b(?:to|in|is)\b.*",
    r"(?:fix|debug|refactor|review|explain) (?:my|this|the following) (?:code|program|script|bug|"
    r"essay|homework|sql|python)\b.*",
    r"(?:do|help (?:me )?with) my (?:homework|taxes|math|essay|assignment|tax return)\b.*",
    r"(?:what(?:'s|s| is| are)|any|give me|read me|show me) (?:the |today's )?(?:latest "
    r"|breaking )?"
    r"(?:news|headlines)(?: (?:today|now|about \w+|in \w+))?",
    r"who (?:won|is winning|will win) .+",
    r"what(?:'s|s| is)? (?:the )?(?:time|date|day)(?: (?:is it|today|now|is today|in .+))*(?: is "
    r"it.*)?",
    r"what (?:time|day|date|month|year) is (?:it|today)\b.*",
    r"who(?:'s| is| was| are| were| invented| discovered| wrote| painted| founded) .+",
    r"(?:what(?:'s| is) the (?:capital|population|currency|area|height|meaning|definition|distance|"
    r"price|cost|stock price|exchange rate|phone number|address|speed|boiling point|age) of .+)",
    r"(?:how (?:tall|old|far|big|heavy|high|deep|rich) (?:is|are|was) .+)",
    r"how many (?:people|countries|states|planets|days|calories) .+",
    r"where (?:is|are) .+",
    r"(?:book|order|buy|reserve|get)(?: me| us)? (?:an?|the|some|two|\d+) (?:\w+ ){0,2}(?:flights?|"
    r"tables?|hotels?|rooms?|taxis?|cabs?|uber|pizzas?|tickets?|trains?|cars?|coffee|food|"
    r"groceries|sushi|burger)\b.*",
    r"(?:set|start|create|add)(?: me)? (?:an? |the )?(?:\w+ )?(?:timer|alarm|reminder|event"
    r"|meeting|"
    r"appointment)\b.*|(?:remind|wake) me\b.*",
    r"(?:call|text|email|e-mail|phone|ring|message) (?:my \w+|mom|mum|dad|\w+ for me)\b.*",
    r"send (?:an? |my )?(?:\w+ )?(?:email|message|text|sms)\b.*",
    r"(?:turn|switch) (?:on|off|up|down) (?:the )?\w+.*",
    r"(?:what(?:'s| is)|check) (?:my|the) (?:ip|balance|email|calendar|stock|bitcoin|bank)\b.*",
    r"(?:should i|how (?:do|should) i) (?:invest|sell|buy (?:stocks?|bitcoin|a house))\b.*",
    r"(?:i have|i've got) (?:an? )?(?:\w+ )?(?:headache|fever|rash|cough|stomach ?ache"
    r"|toothache)\b.*",
    r"(?:flip|toss) a coin|roll (?:a|the) dic?e|pick a (?:random )?number\b.*",
    r"ignore (?:all |any |your )?(?:previous|prior|the above|earlier|my) (?:instructions|prompts?|"
    r"rules)\b.*",
    r"(?:what(?:'s| is) |show me |print |reveal |repeat )(?:me )?your (?:system )?(?:prompt|"
    r"instructions)\b.*",
)
_CHINESE = (
    r"(?:今天|明天|后天|现在|外面|这周|周末)?[^，。？?]{0,6}(?:天气|气温)(?:怎么样|如何|好吗"
    r"|预报|冷吗|热吗|多少度)?.{0,4}",
    r"(?:明天|今天|后天)?(?:会|要)(?:不会)?下(?:雨|雪)吗?.{0,4}",
    r"(?:给我|帮我|请|替我|为我)*(?:写|作|编)(?:一?[首篇封个段份点]|点|个)?.{0,12}(?:诗|作文"
    r"|邮件|信|文章|代码|"
    r"程序|函数|论文|故事|报告|歌词|情书|简历|文案).*",
    r"(?:给我|跟我)?(?:讲|说)(?:一?个|点)?(?:笑话|故事)(?:吧|听|给我听)*",
    r"(?:请|帮我|把)?.{0,30}翻译(?:成|一下|为|下).*|(?:请|帮我)?翻译.+|.{1,20}用(?:英语|英文"
    r"|法语|日语|日文|"
    r"德语|中文)怎么(?:说|讲|写)",
    r"(?:请|帮我)?(?:算(?!了|法)|计算(?!机))(?:一?下)?.*[\d一二三四五六七八九十百]+.*|[\d一二三四五六七八九十百两]+(?:加|减|乘以?|除以?"
    r"|[+*×÷])"
    r"[\d一二三四五六七八九十百两]+(?:等于|是|得)?(?:多少|几)?",
    r"(?:现在)?几点(?:了|钟)?|今天(?:是)?(?:几号|星期几|周几|几月几号|什么日子)",
    r"(?:今天|最近|最新)?(?:有什么|的)?(?:新闻|头条)(?:有哪些|吗)?|.{1,12}的(?:首都|人口|面积"
    r"|首相|总统|总理)"
    r"(?:是)?(?:谁|哪(?:里|儿)?|多少|什么)?",
    r"(?:帮我|给我|请)?(?:订|预订|预定|买|点)(?:一?[张个间份辆杯]|点)?.{0,12}(?:机票|酒店|车票"
    r"|票|餐厅|外卖|"
    r"披萨|房间|咖啡|位子|位置)",
    r"(?:帮我|给我)?(?:设|定|设置|设定)(?:一?个)?.{0,10}(?:闹钟|计时器|提醒).*|.{0,12}提醒我.*",
    r"(?:给|帮我给).{1,8}(?:打电话|发邮件|发短信|发消息)|(?:打开|关掉|关上)(?:灯|空调|电视|窗户).*",
    r"谁(?:是|发明了?|发现了?|赢了).+|.{1,10}是谁|帮我(?:改|修|调试)(?:一下)?(?:代码|程序|作业"
    r"|论文).*",
    r"(?:股票|股价|比特币|汇率).{0,8}(?:多少|怎么样|价格|行情)?",
)
_OFF = re.compile(
    rf"^\W*{_PLEASE}(?:{'|'.join(_ENGLISH)})\W*$|^\W*(?:请问|你好|那"
    rf"|那么)?\W*(?:{'|'.join(_CHINESE)})"
    rf"(?:呢|啊|呀|吧|吗|了)?\W*$",
    re.IGNORECASE,
)
_WATCHED = re.compile(
    r"\b(?:films?|movies?|videos?|clips?|documentar(?:y|ies)|docs?|talks?|lectures?|tutorials?|"
    r"courses?|series|shows?|episodes?|sitcoms?|concerts?|anime|cartoons?|watch|watching|"
    r"something|anything|recommend\w*|suggest\w*|comed(?:y|ies)|thrillers?)\b"
    r"|电影|影片|视频|纪录片|演讲|讲座|课程|教程|剧|片|动画|想看|推荐|关于",
    re.IGNORECASE,
)
"""What makes a message a wish after all."""


def is_off_topic(text: str) -> bool:
    """Whether `text` plainly asks for something that has nothing to do with videos."""
    return bool(_OFF.match(text)) and not _WATCHED.search(text)
