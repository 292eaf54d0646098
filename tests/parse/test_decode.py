"""Bytes to text, and back to the same bytes."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import NotText
from cleaner.parse.decode import decode, encode
from tests.laws.strategies import files, hunt

_GERMAN = (
    "Der Bürgermeister von Grünwettersbach kündigte am späten Abend an, daß die Brücke über die Äußere Körsch "
    "gesperrt bleibt. „Für Fußgänger "
    "bauen wir einen Steg“, sagte er – und zwar noch vor dem Frühjahr, für 180 000 €.\n"
)
_POLISH = (
    "W nocy spłonął magazyn w strefie przemysłowej w Brzezicach Dolnych. Strażacy przez ponad cztery godziny "
    "walczyli z ogniem, a mieszkańcy "
    "sąsiednich domów musieli opuścić mieszkania. Nikt nie został ranny, lecz straty są bardzo duże.\n"
)
_JAPANESE = (
    "駅前の古い時計台は来月から修理に入る。町によると、部品はすでに生産が終わっており、"
    "地元の職人が一つずつ作り直すという。住民は喜んでいる。\n"
)


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"", "utf-8", ""),
        (b"Tall", "utf-8", "Tall"),
        (_GERMAN.encode(), "utf-8", _GERMAN),
        (_JAPANESE.encode(), "utf-8", _JAPANESE),
        (codecs.BOM_UTF8 + _GERMAN.encode(), "utf-8", _GERMAN),
        (codecs.BOM_UTF16_LE + _GERMAN.encode("utf-16-le"), "utf-16-le", _GERMAN),
        (codecs.BOM_UTF16_BE + _GERMAN.encode("utf-16-be"), "utf-16-be", _GERMAN),
        (codecs.BOM_UTF32_LE + _GERMAN.encode("utf-32-le"), "utf-32-le", _GERMAN),
        (codecs.BOM_UTF32_BE + _GERMAN.encode("utf-32-be"), "utf-32-be", _GERMAN),
        (_GERMAN.encode("utf-16-le"), "utf-16-le", _GERMAN),
        (_GERMAN.encode("utf-16-be"), "utf-16-be", _GERMAN),
        (_GERMAN.encode("cp1252"), "cp1252", _GERMAN),
        ("Das Öl kostet 3 € – für alle.".encode("cp1252"), "cp1252", "Das Öl kostet 3 € – für alle."),
        (_POLISH.encode("cp1250"), "cp1250", _POLISH),
        (_JAPANESE.encode("shift_jis"), "cp932", _JAPANESE),
        ("naïve café".encode("cp1252"), "cp1252", "naïve café"),
        (b"null \0 byte in a long enough text", "utf-8", "null \0 byte in a long enough text"),
    ],
)
def test_decode(data: bytes, encoding: str, text: str) -> None:
    decoded = decode(data)
    assert decoded.text == text
    assert decoded.undecodable == ()
    assert codecs.lookup(decoded.encoding).name in {codecs.lookup(encoding).name, "shift_jis"}
    assert encode(decoded) == data


@pytest.mark.parametrize(
    ("data", "text", "undecodable"),
    [
        (_GERMAN.encode().replace("ü".encode(), b"\xfc", 1), _GERMAN.replace("ü", "\ufffd", 1), ((5, b"\xfc"),)),
        (codecs.BOM_UTF8 + b"Tall \xff\xfe\xff Steg", "Tall \ufffd Steg", ((5, b"\xff\xfe\xff"),)),
        (codecs.BOM_UTF8 + "Steg über".encode()[:-4], "Steg \ufffd", ((5, b"\xc3"),)),
        (codecs.BOM_UTF16_LE + "Steg".encode("utf-16-le") + b"x", "Steg\ufffd", ((4, b"x"),)),
        (codecs.BOM_UTF16_LE + "S\ud800g".encode("utf-16-le", "surrogatepass"), "S\ud800g", ()),
        ("Ein \ufffd steht hier schon, für immer, über alles.".encode(), "Ein \ufffd steht hier schon, für immer, über alles.", ()),
    ],
)
def test_what_no_codec_knows_is_marked_and_remembered(data: bytes, text: str, undecodable: tuple[tuple[int, bytes], ...]) -> None:
    decoded = decode(data)
    assert decoded.text == text
    assert decoded.undecodable == undecodable
    assert encode(decoded) == data


@pytest.mark.parametrize(
    ("data", "looks_like"),
    [
        (b"%PDF-1.7\n%abc", "a PDF"),
        (b"PK\x03\x04\x14\0\0\0", "a ZIP archive or an office document"),
        (b"\x1f\x8b\x08\0", "a gzip file"),
        (b"\x28\xb5\x2f\xfd\x04", "a zstandard file"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG picture"),
        (b"GIF89a", "a GIF picture"),
        (b"\x7fELF\x02\x01", "a program"),
        (b"SQLite format 3\0", "a database"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (bytes(range(256)) * 8, "binary data (many control characters)"),
        (b"\0" * 400, "binary data (many control characters)"),
        (b"\x01\x02\x03" * 50, "binary data (many control characters)"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, looks_like: str) -> None:
    with pytest.raises(NotText) as caught:
        decode(data)
    assert caught.value.looks_like == looks_like
    assert "extract its text first, or leave it out" in str(caught.value)


@pytest.mark.parametrize("text", ["GIF ist ein Bildformat.", "PK heißt Parkhaus.", "Die %PDF-Angabe steht vorn.", "\x1b[31mrot\x1b[0m\n"])
def test_what_is_text_all_the_same(text: str) -> None:
    assert decode(text.encode()).text == text


@hunt
@given(files)
def test_every_text_gives_its_bytes_back(data: bytes) -> None:
    try:
        decoded = decode(data)
    except NotText:
        return
    assert encode(decoded) == data
    assert [decoded.text[offset] for offset, _ in decoded.undecodable] == ["\ufffd"] * len(decoded.undecodable)


@settings(hunt, max_examples=400)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=80))
def test_utf8_is_taken_for_utf8(text: str) -> None:
    if not text.startswith(("\ufeff", "%PDF-", "PK", "GIF8", "PAR1")):
        assert decode(text.encode()).text == text
