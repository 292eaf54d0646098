"""Law 4: same in, same out, whatever ran before, in any thread or process."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.pipeline import Cleaner
from tests.cleaners import CleanerOf, both_ways
from tests.laws.strategies import hunt, texts, tidy

_CASES = sorted((Path(__file__).parents[2] / "corpus" / "cases").iterdir())


@both_ways
@hunt
@given(texts, texts)
def test_a_second_time_and_after_another_document(cleaner_of: CleanerOf, text: str, other: str) -> None:
    cleaner = cleaner_of()
    first = cleaner.clean_text(text)
    assert cleaner.clean_text(text) == first
    cleaner.clean_text(other)
    assert cleaner.clean_text(text) == first


@both_ways
@settings(hunt, max_examples=10)
@given(st.lists(tidy, min_size=3, max_size=6))
def test_fresh_and_pickled_cleaners(cleaner_of: CleanerOf, documents: list[str]) -> None:
    expected = [cleaner_of().clean_text(document) for document in documents]
    fresh, pickled = Cleaner(cleaner_of().options), pickle.loads(pickle.dumps(cleaner_of()))
    assert [fresh.clean_text(document) for document in reversed(documents)] == expected[::-1]
    assert [pickled.clean_text(document) for document in documents] == expected


@both_ways
@settings(hunt, max_examples=10)
@given(st.lists(texts, min_size=8, max_size=24))
def test_threads(cleaner_of: CleanerOf, documents: list[str]) -> None:
    expected = [cleaner_of().clean_text(document) for document in documents]
    fresh = Cleaner(cleaner_of().options)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(fresh.clean_text, documents)) == expected


@both_ways
@settings(hunt, max_examples=4)
@given(st.lists(tidy, min_size=20, max_size=40))
def test_two_processes(cleaner_of: CleanerOf, documents: list[str]) -> None:
    assert list(cleaner_of().clean_many(documents, jobs=2)) == list(cleaner_of().clean_many(documents))


_PRINT_A_RESULT = (
    "import sys, msgspec, cleaner\n"
    "for path in sys.argv[1:]:\n"
    "    with open(path, 'rb') as file:\n"
    "        print(msgspec.json.encode(cleaner.clean_text(file.read())).decode())\n"
)


def test_no_environment_variable_matters() -> None:
    sources = [case / "source.txt" for case in _CASES[::9]]
    command = [sys.executable, "-X", "utf8", "-c", _PRINT_A_RESULT, *map(str, sources)]
    # The last variable is the package's own: compiled or not, the result is the same.
    others = {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "de_DE", "CLEANER_KERNEL": "0"}
    environments = ({"PYTHONHASHSEED": "1"}, others)
    running = [subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.PIPE) for environment in environments]
    one, other = [process.communicate()[0] for process in running]
    assert len(one.splitlines()) == len(sources)
    assert one == other
