"""Traditional Chinese characters, read as the simplified ones in which the rules are written."""

from __future__ import annotations

_PAIRS = """
    關关 於于 紀纪 錄录 視视 頻频 電电 劇剧 時时 鐘钟 長长 內内 過过 這这 個个 條条 麼么 為为
    爲为 沒没 還还 別别 換换 給给 說说 講讲 語语 國国 臺台 兩两 點点 幾几 後后 來来 間间 開开
    動动 畫画 無无 類类 誰谁 導导 員员 聽听 歡欢 愛爱 討讨 厭厌 隨随 驚惊 請请 薦荐 記记 從从
    頭头 銷销 評评 滿满 號号 張张 寫写 詩诗 譯译 氣气 訂订 機机 應应 該该 難难 實实 現现 話话
    讓让 對对 興兴 與与 歲岁 級级 題题 傳传 發发 佈布 週周 歐欧 韓韩 義义 漢汉 粵粤 綜综 藝艺
    樂乐 會会 課课 學学 習习 選选 擇择 結结 調调 專专 業业 輕轻 鬆松 剛刚 刪删 隱隐 幫帮 謝谢
    嗎吗 妳你 裡里 裏里 樣样 較较 區区 變变 買买 預预 約约 們们 親亲 夠够 當当 邊边 單单 雙双
    種种 總总 統统 計计 嚇吓 嚴严 殘残 恆恒 舊旧 網网 經经 亞亚 蘭兰 羅罗 黃黄 紅红 戲戏 搖摇
    滾滚 價价 訊讯 聞闻 鬧闹 設设 廳厅 飛飞 夢梦 車车 黨党 戰战 爭争 歷历 懸悬 際际 溫温 憶忆
    煩烦 確确 認认 錯错 劃划 檔档 輩辈 髮发 術术 醫医 藥药 廣广 東东 灣湾 滅灭 許许 論论 試试
    詞词 誤误 謎谜 護护 讀读 貓猫 贊赞 讚赞 遠远 適适 鏡镜 閃闪 雖虽 離离 靈灵 靜静 須须 頁页
    顯显 風风 體体 麗丽 齣出 僅仅 億亿 優优 兒儿 備备 處处 務务 勝胜 勁劲 匯汇 參参 啟启 喚唤
    圖图 場场 塊块 夾夹 孫孙 寧宁 屆届 帶带 庫库 廢废 彈弹 態态 懷怀 懶懒 戀恋 拋抛 擔担 據据
    擁拥 斷断 晝昼 暫暂 槍枪 樓楼 權权 殺杀 濃浓 熱热 獎奖 獨独 環环 異异 療疗 盡尽 監监 盤盘
    眾众 碼码 禮礼 積积 簡简 組组 絕绝 維维 緊紧 練练 縮缩 續续 罰罚 聯联 職职 膽胆 臉脸 萬万
    蓋盖 藍蓝 蟲虫 製制 補补 複复 襯衬 覺觉 觀观 觸触 詢询 詳详 誇夸 諜谍 諧谐 證证 識识
""".split()  # noqa: SIM905
_SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in _PAIRS})


def simplified(text: str) -> str:
    """`text`, of the same length, in the characters of the rules."""
    return text.translate(_SIMPLIFIED)


def as_written(phrase: str, read: str, written: str) -> str:
    """`phrase`, whose words stand in `read`, as they are in `written`, of which `read` was made."""
    if read == written:
        return phrase
    words = []
    for word in phrase.split():
        place = read.find(word)
        words.append(written[place : place + len(word)] if place >= 0 else word)
    return " ".join(words)
