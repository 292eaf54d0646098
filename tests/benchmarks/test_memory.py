"""Memory is a multiple of the input: each input is cleaned by a process of its own, whose greatest size is compared with that before."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.benchmarks.nasty import PAGES, TEXTS

pytestmark = pytest.mark.growth

#: characters of an input
_LENGTH = 250_000
#: bytes for each character: texts are cut to blocks and spans, each with features of its own; what has a block every two characters
#: takes most
_TEXT, _PAGE = 2_500, 4_000
#: an ordinary scrape or page takes much less
_ORDINARY = 250

_MEASURE = """
import json, resource, sys
from cleaner import Cleaner
from tests.benchmarks.nasty import PAGES, TEXTS
kind, name, length = sys.argv[1], sys.argv[2], int(sys.argv[3])
made = {"text": TEXTS, "page": PAGES}[kind][name]
cleaner = Cleaner()
clean = cleaner.clean_text if kind == "text" else cleaner.clean_html
clean(made(20_000))
content = made(length)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
clean(content)
print(json.dumps([len(content), 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)]))
"""


def _bytes_a_character(kind: str, name: str) -> float:
    ran = subprocess.run([sys.executable, "-c", _MEASURE, kind, name, str(_LENGTH)], capture_output=True, check=True, timeout=600)
    length, grown = json.loads(ran.stdout)
    return float(grown / length)


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str) -> None:
    assert _bytes_a_character("text", name) < (_ORDINARY if name == "scrapes" else _TEXT)


@pytest.mark.parametrize("name", PAGES)
def test_pages(name: str) -> None:
    assert _bytes_a_character("page", name) < (_ORDINARY if name == "a page" else _PAGE)
