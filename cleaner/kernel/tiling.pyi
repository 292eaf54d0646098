from collections.abc import Callable
from typing import Protocol, TypeVar

Tile = TypeVar("Tile")

class Piece(Protocol):
    start: int
    end: int
    label: str
    kept: bool
    reason: str
    score: float
    role: str

AnyPiece = TypeVar("AnyPiece", bound=Piece)

def tiles(source: str, pieces: list[AnyPiece], closing: str, span: Callable[..., Tile], space: str) -> tuple[Tile, ...]:
    """What tiles a source, of which pieces have a label and white space lies between them (`decide`).

    Parameters: `pieces` stand in their order; before a sign of `closing` no lone space stays; `span` makes a tile of `start`,
    `end`, `label`, `kept`, `reason`, `score` and, for a piece, `role`; `space` is the label of white space that goes.
    Raises `ValueError` for pieces that overlap, or lie outside of the source.
    """
