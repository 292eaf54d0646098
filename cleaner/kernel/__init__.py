"""The inner loops that take the most time, compiled: plain values and arrays in, the same out, no files; only room to work in is kept.

Each function here has a twin in Python, which says what it does and is used where nothing was compiled; tests compare the two.
`CLEANER_KERNEL=0` in the environment asks for Python everywhere.
"""

from __future__ import annotations

import os
from importlib.util import find_spec

#: of these all are compiled, or none is used
MODULES = (
    "anchors",
    "block_rules",
    "boxes",
    "candidates",
    "chances",
    "context",
    "dense",
    "edge_features",
    "edges",
    "exact_lines",
    "folded",
    "hashed",
    "headlines",
    "judging",
    "kept",
    "kept_lines",
    "layout",
    "left_lines",
    "line_notes",
    "looks",
    "matcher",
    "naming",
    "normal_forms",
    "page_blocks",
    "page_body",
    "page_features",
    "page_inputs",
    "page_kinds",
    "page_network",
    "page_places",
    "page_signs",
    "page_store",
    "page_titles",
    "page_words",
    "part_rules",
    "repeats",
    "rule_facts",
    "rule_patterns",
    "section_tails",
    "sequence",
    "taken_lines",
    "text",
    "tiling",
    "trees",
    "tries",
    "vocabulary",
    "walk",
    "words",
)
#: whether the compiled modules are there, and wanted
COMPILED = os.environ.get("CLEANER_KERNEL", "1") != "0" and all(find_spec(f"cleaner.kernel.{name}") for name in MODULES)
