"""Whether an input is a page or a plain text."""

from __future__ import annotations

import re

#: so much of the start is looked at
_SAMPLE = 4_096
_START = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|\?xml|head|body|article|main|div|section|p|h[1-6]|table|ul|ol|span|meta|link|script|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"</?(?:p|div|span|a|br|article|section|h[1-6]|ul|li|html|body|head|table|tr|td|img|script|meta)\b[^<>]*>", re.IGNORECASE)
#: a text with this many tags in its first 4,096 characters is a fragment of a page
_FRAGMENT_TAGS = 6


def looks_like_html(content: str | bytes) -> bool:
    """Whether the content begins like a page, or is full of tags."""
    if isinstance(content, bytes):
        sample = content[: 2 * _SAMPLE].replace(b"\0", b"").decode("latin-1").lstrip("ÿþï»¿")[:_SAMPLE]
    else:
        sample = content[:_SAMPLE].lstrip("\ufeff")
    if "<" not in sample:
        return False
    return _START.match(sample) is not None or len(_TAG.findall(sample)) >= _FRAGMENT_TAGS
