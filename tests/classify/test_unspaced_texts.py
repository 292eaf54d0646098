"""Whole texts in scripts without spaces between words: residue is found where no space parts it from the body, and the body stays."""

from __future__ import annotations

import pytest

from tests.cleaners import CleanerOf, both_ways, gone

_JAPANESE = (
    "湯見の町議会は金曜日、老朽化した町民プールを取り壊し、跡地に図書館を建てる案を賛成多数で可決した。総工費は三億円を見込む。",
    "プールは半世紀前に完成し、夏には一日千人が泳いだ時期もあった。近年は水漏れが続き、昨年は営業できた日がひと月に満たなかった。",
    "反対した議員は「子どもが泳げる場所がなくなる」と訴えた。町長は、隣町のプールを町民料金で使えるよう協議していると説明した。",
    "図書館には蔵書のほか、夜まで使える自習室を設ける。設計案は町民から募り、来年の春に公開の場で選ぶという。",
)
_CHINESE = (
    "停用多年的苇湾老渡口有了新去处。苇湾镇昨天公布方案，打算把岸边的候船室和两条旧渡船改建成一座水上图书馆，明年秋天向居民开放。",
    "老渡口最忙的时候每天要送三千人过河。大桥通车以后，渡船停航，候船室一直空着，屋顶在去年的暴雨中塌了一角，只剩下燕子还在里面。",
    "按照方案，候船室将保留原来的木梁和售票窗口，里面可以放一万两千册书；两条渡船固定在岸边，一条做儿童阅览室，一条做茶室。",
    "镇里说，工程款的一半由镇里承担，另一半向社会募集。谁捐了钱，谁的名字就会刻在船舷上，字不分大小，也不分先后。",
)


@both_ways
@pytest.mark.parametrize("end", ["\n", "\n\n", ""])
@pytest.mark.parametrize("paragraphs", [_JAPANESE, _CHINESE], ids=["ja", "zh"])
def test_a_body_stays(cleaner_of: CleanerOf, paragraphs: tuple[str, ...], end: str) -> None:
    text = end.join(paragraphs)
    assert cleaner_of().clean_text(text).text == text


@both_ways
@pytest.mark.parametrize(
    ("paragraphs", "start", "end", "date"),
    [
        (_JAPANESE, "公開：2025年10月2日 5時00分", "（共同）", "2025-10-02T05:00"),
        (_CHINESE, "发布时间：2025年9月5日 13:27", "（责任编辑：沈禾）", "2025-09-05T13:27"),
        (_CHINESE, "", "（新华社）", None),
    ],
)
def test_residue_on_one_line_with_the_body(
    cleaner_of: CleanerOf, paragraphs: tuple[str, ...], start: str, end: str, date: str | None
) -> None:
    body = "".join(paragraphs)
    result = cleaner_of().clean_text(f"{start} {body}{end}".lstrip())
    assert result.text == body
    assert gone(result) == [part for part in (start, end) if part]
    assert result.date == date


@both_ways
@pytest.mark.parametrize(
    ("paragraphs", "head", "tail"),
    [
        (_JAPANESE, ["2025年10月2日（木）5時00分"], ["シェアする", "関連記事"]),
        (_CHINESE, ["2025年09月05日 13:27 来源：苇湾日报"], ["分享到：", "责任编辑：沈禾"]),
    ],
    ids=["ja", "zh"],
)
def test_lines_around_the_body(cleaner_of: CleanerOf, paragraphs: tuple[str, ...], head: list[str], tail: list[str]) -> None:
    result = cleaner_of().clean_text("\n".join([*head, *paragraphs, *tail]))
    assert result.text == "\n".join(paragraphs)
    assert gone(result) == [*head, *tail]
