"""Blocks of which the chance of content does not say much, settled by their labels.

The network learns chances from the bodies of gold pages, which leave out many a subheading, list and standfirst, and labels from lines that
were read one by one. Where the one is in doubt, the other knows more.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: so far beneath the cut a block with a label of content is content, and so far above it one without is none, in ten-thousandths
_BENEATH, _ABOVE = 2_500, 2_000
#: a block of such a share of links is not content for its label
_LINKED = 0.5


def settled(chances: Integers, limit: float, read: Flags, linked: Floats) -> Flags:
    """Which blocks are content, shape (n,).

    Parameters: `chances` of content and `limit`, from which on a block is content, in ten-thousandths; `read` says whether a label of
    content is the likeliest, `linked` is the share of characters in links, of each block.
    """
    content: Flags = (chances >= limit) & (read | (chances >= limit + _ABOVE))
    content |= read & (chances >= limit - _BENEATH) & (linked < _LINKED)
    return content
