from typing import Any

def kept_text(source: str, spans: tuple[Any, ...]) -> tuple[str, int]:
    """The kept spans of a source, joined, and how many they are (`pipeline`).

    Parameters: `spans` are structs of one type with `start`, `end` and `kept`, sorted.
    Raises `ValueError` for spans that overlap, or lie outside of the source.
    """
