from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

BlockType = TypeVar("BlockType")
VerdictType = TypeVar("VerdictType")
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

class Tiler(Generic[BlockType, VerdictType, Tile]):
    """Makes spans that tile a source (`decide`).

    Parameters: `block` and `verdict` are the types of what is read, structs; `span` makes a tile of `start`, `end`, `label`, `kept`,
    `reason`, `score` and, for a piece, `role`; before a sign of `closing` no lone space stays; `space` is the label of white space that
    goes; a block without a verdict is called `body` with this `score`.
    """

    def __init__(
        self,
        block: type[BlockType],
        verdict: type[VerdictType],
        span: Callable[..., Tile],
        closing: str,
        space: str,
        body: str,
        score: float,
    ) -> None: ...
    def settle(
        self, blocks: tuple[BlockType, ...], verdicts: list[VerdictType]
    ) -> tuple[list[VerdictType | None], list[tuple[int, VerdictType]], list[VerdictType]]:
        """What is said of each block.

        Parameters: `blocks` are sorted, without overlap.
        Returns for each block the first verdict on all of it; the others on whole blocks, with their block's number; and those on parts.
        """

    def tile(
        self,
        source: str,
        blocks: tuple[BlockType, ...],
        chosen: list[VerdictType | None],
        cut: dict[int, list[AnyPiece]],
        removed: frozenset[str],
        rounded: Callable[[float], float],
    ) -> tuple[Tile, ...]:
        """What tiles a source of these blocks.

        Parameters: `chosen` has each block's verdict; `cut` the pieces of blocks of which parts have a label of their own; `removed` are
        the labels that go; `rounded` rounds a score to four decimals.
        Raises `ValueError` for pieces that overlap, or lie outside of the source.
        """

    def tiles(self, source: str, pieces: list[AnyPiece]) -> tuple[Tile, ...]:
        """What tiles a source, of which pieces, in their order, have a label and white space lies between them.

        Raises `ValueError` for pieces that overlap, or lie outside of the source.
        """
