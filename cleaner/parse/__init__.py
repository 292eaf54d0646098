"""Input to `Document`: bytes decoded, text and pages cut into blocks."""
