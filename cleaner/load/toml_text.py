"""Values as TOML text, for the files that people read and edit."""

from __future__ import annotations

import json


def toml_value(value: object) -> str:
    """A truth value, a whole number, a text or a list of these as TOML; a list of several has a line for each."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        # JSON's escapes are TOML's too, but for the one control character that JSON leaves as it is.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    assert isinstance(value, (list, tuple))
    items = list(map(toml_value, value))
    return "[" + ", ".join(items) + "]" if len(items) < 2 else "[\n" + "".join(f"  {item},\n" for item in items) + "]"
