"""Names of outputs never meet."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.sinks.names import Ids, Names


def test_the_second_keeps_its_suffix() -> None:
    names = Names(".txt")
    assert [names.give(id, id.rpartition("/")[2].split(".")[0]) for id in ("a/b.htm", "a/b.html", "a/b.txt", "b.html")] == [
        "a/b.txt",
        "a/b.html.txt",
        "a/b.txt.txt",
        "b.txt",
    ]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([".txt", ".html", ".md", ".txt.txt", ".txt.gz"]))))
def test_no_name_twice(documents: list[tuple[str, str]]) -> None:
    names, ids = Names(".txt", ["a.txt"]), Ids()
    given_names = [names.give(ids.give(stem + suffix), stem) for stem, suffix in documents]
    assert len(set(given_names)) == len(given_names)
    assert "a.txt" not in given_names
