"""Bytes to text: byte-order mark, UTF-8, UTF-16, then detection; whatever was done can be undone."""

from __future__ import annotations

import codecs
import re

import msgspec

from cleaner.errors import NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: first bytes of what is often met under the name of a text
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x28\xb5\x2f\xfd", "a zstandard file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"PAR1", "a Parquet file"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
#: a text with more control bytes than this share is none (text has about none, compressed bytes a tenth)
_MOST_CONTROL = 0.05
#: UTF-8 with no more wrong bytes than this share is UTF-8 with faults, rather than another encoding
_MOST_FAULTS = 0.002
_ESCAPED = re.compile("[\udc80-\udcff]+")
#: chardet is this sure of one Polish paragraph in cp1250
_LEAST_CONFIDENCE = 0.3
#: detection looks at this many bytes
_DETECTED_BYTES = 65_536


class Decoded(msgspec.Struct, frozen=True):
    """A text and how it lay in its bytes."""

    text: str
    #: name of a Python codec
    encoding: str
    #: the byte-order mark that stood before the text
    mark: bytes = b""
    #: (offset in `text`, bytes) of each U+FFFD that stands for bytes the codec does not know
    undecodable: tuple[tuple[int, bytes], ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of a file's bytes.

    Raises `NotText` for archives, pictures and other bytes that are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_faults(data[len(mark) :], encoding, mark)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise NotText(name)
    wide = _wide_encoding(data)
    if wide:
        return _with_faults(data, wide, b"")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if len(_CONTROL.findall(data[:_DETECTED_BYTES])) > _MOST_CONTROL * min(len(data), _DETECTED_BYTES) + 2:
            raise NotText("binary data (many control characters)")
        return Decoded(text, "utf-8")
    if len(_CONTROL.findall(data[:_DETECTED_BYTES])) > _MOST_CONTROL * min(len(data), _DETECTED_BYTES):
        raise NotText("binary data (many control characters)")
    return _detected(data)


#: lone surrogates are legal in the wide encodings only as what they are
_ERRORS = "surrogatepass"


def encode(decoded: Decoded) -> bytes:
    """The bytes that `decode` was given."""
    if not decoded.undecodable:
        return decoded.mark + decoded.text.encode(decoded.encoding, _ERRORS)
    pieces, at = [decoded.mark], 0
    for offset, raw in decoded.undecodable:
        pieces += [decoded.text[at:offset].encode(decoded.encoding, _ERRORS), raw]
        at = offset + 1
    return b"".join([*pieces, decoded.text[at:].encode(decoded.encoding, _ERRORS)])


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Latin text is NUL."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _detected(data: bytes) -> Decoded:
    faulty = _with_faults(data, "utf-8", b"")
    foreign = sum(byte > 127 for byte in data)
    wrong = sum(len(raw) for _, raw in faulty.undecodable)
    if wrong <= max(1, _MOST_FAULTS * len(data)) and wrong * 4 < foreign:
        return faulty
    for encoding in (_guess(data), "cp1252", "latin-1"):
        if encoding is None:
            continue
        try:
            text = data.decode(encoding)
            if text.encode(encoding) == data:
                return Decoded(text, encoding)
        except (LookupError, UnicodeError):
            continue
    return faulty


def _guess(data: bytes) -> str | None:
    import chardet

    found = chardet.detect(data[:_DETECTED_BYTES])
    encoding = found["encoding"]
    if encoding is None or (found["confidence"] or 0) < _LEAST_CONFIDENCE:
        return None
    name = codecs.lookup(encoding).name
    # Latin-1 has control characters where cp1252 has quotes and dashes: no text means the former.
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _with_faults(data: bytes, encoding: str, mark: bytes) -> Decoded:
    """Decodes with U+FFFD in the place of every run of bytes the codec does not know, and remembers them."""
    try:
        return Decoded(data.decode(encoding), encoding, mark)
    except UnicodeDecodeError:
        pass
    if encoding != "utf-8":
        return _with_wide_faults(data, encoding, mark)
    escaped = data.decode("utf-8", "surrogateescape")
    pieces: list[str] = []
    faults: list[tuple[int, bytes]] = []
    length = at = 0
    for found in _ESCAPED.finditer(escaped):
        pieces += [escaped[at : found.start()], "\ufffd"]
        length += found.start() - at
        faults.append((length, found[0].encode("utf-8", "surrogateescape")))
        length += 1
        at = found.end()
    return Decoded("".join([*pieces, escaped[at:]]), encoding, mark, tuple(faults))


def _with_wide_faults(data: bytes, encoding: str, mark: bytes) -> Decoded:
    """UTF-16 and UTF-32 whose last unit is cut; lone surrogates pass."""
    width = 2 if encoding.startswith("utf-16") else 4
    whole = len(data) - len(data) % width
    for end in (whole, whole - width):
        try:
            text = data[:end].decode(encoding, "surrogatepass")
        except UnicodeDecodeError:
            continue
        rest = data[end:]
        return Decoded(text + "\ufffd" if rest else text, encoding, mark, ((len(text), rest),) if rest else ())
    raise NotText(f"broken {encoding.upper()}")
