"""Language codes of every kind as one kind: ISO 639-1 where there is such a code."""

from __future__ import annotations

import re

# Every code of ISO 639-1 with its ISO 639-3 code (SIL's code tables).
_TWO_AND_THREE_LETTERS = """
aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak
be:bel bg:bul bi:bis bm:bam bn:ben bo:bod br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre
cs:ces cu:chu cv:chv cy:cym da:dan de:deu dv:div dz:dzo ee:ewe el:ell en:eng eo:epo es:spa
et:est eu:eus fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg gn:grn
gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:hye hz:her ia:ina id:ind
ie:ile ig:ibo ii:iii ik:ipk io:ido is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kg:kon ki:kik
kj:kua kk:kaz kl:kal km:khm kn:kan ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat
lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit lu:lub lv:lav mg:mlg mh:mah mi:mri mk:mkd ml:mal
mn:mon mr:mar ms:msa mt:mlt my:mya na:nau nb:nob nd:nde ne:nep ng:ndo nl:nld nn:nno no:nor
nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol ps:pus pt:por
qu:que rm:roh rn:run ro:ron ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag si:sin sk:slk
sl:slv sm:smo sn:sna so:som sq:sqi sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel
tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig
uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha zh:zho
zu:zul
"""
# The bibliographic codes of ISO 639-2, the withdrawn codes that YouTube still gives, and the
# standard form of a language whose ISO 639-1 code stands for the whole group.
_OTHERS = """
bo:tib cs:cze cy:wel de:ger el:gre eu:baq fa:per fr:fre hy:arm is:ice ka:geo mi:mao mk:mac
ms:may my:bur nl:dut ro:rum sk:slo sq:alb zh:chi
he:iw id:in yi:ji jv:jw ro:mo
ar:arb az:azj et:ekk fa:pes lv:lvs ms:zsm ne:npi or:ory sw:swh uz:uzn zh:cmn
"""
_PAIRS = [pair.split(":") for pair in _TWO_AND_THREE_LETTERS.split()]
_TWO_LETTERS = frozenset(two for two, _ in _PAIRS)
_SHORTEST = {long: two for two, long in _PAIRS} | {
    other: two for two, other in (pair.split(":") for pair in _OTHERS.split())
}
NO_LANGUAGE = frozenset({"und", "zxx", "mul", "mis"})
"""The codes for a language that is unknown, or none, or several, or without a code."""
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")


def language_code(tag: str) -> str | None:
    """The language of a code or tag: ``eng``, ``en-US``, ``zh_Hans``, ``iw``.

    Returns:
        ISO 639-1 where there is such a code, else ISO 639-3; None for what is no language code,
        and for the codes that say "none", "several" or "unknown".
    """
    match = _TAG.fullmatch(tag.strip())
    if match is None:
        return None
    code = match[1].lower()
    code = _SHORTEST.get(code, code)
    known = code in _TWO_LETTERS if len(code) == 2 else code not in NO_LANGUAGE
    return code if known else None
