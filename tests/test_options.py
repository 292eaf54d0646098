"""Options are checked when they are made."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.errors import CleanerError, OptionError
from cleaner.values import Options


def test_defaults_are_those_of_the_contract() -> None:
    options = Options()
    assert options == cleaner.Options(
        keep=frozenset(),
        strip=frozenset(),
        bias="balanced",
        rules=(),
        site_rules=None,
        model="default",
        extractor="cleaner",
        title=None,
        language=None,
        max_chars=20_000_000,
        deadline=None,
    )


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("keep", "caption", "must be a collection of names, such as {'caption'}"),
        ("strip", "dateline", "must be a collection of names"),
        ("rules", "rules.toml", "must be a collection of names"),
        ("bias", "strict", "must be one of balanced, precision, recall"),
        ("extractor", "readability", "must be one of cleaner, trafilatura"),
        ("max_chars", 0, "must be a whole number above 0"),
        ("max_chars", -1, "must be a whole number above 0"),
        ("max_chars", 1e6, "must be a whole number above 0"),
        ("max_chars", "1000", "must be a whole number above 0"),
        ("deadline", 0, "must be a number of seconds above 0, or None"),
        ("deadline", -1.5, "must be a number of seconds above 0, or None"),
        ("deadline", float("nan"), "must be a number of seconds above 0, or None"),
        ("site_rules", 12, "must be the path of a site rule file, or SiteRules"),
        ("keep", 5, "must be a collection of names"),
        ("rules", [5], "must be paths of files"),
        ("model", 5, "must be the path of a model, default, or None"),
        ("model", "", "must be the path of a model, default, or None"),
        ("title", 5, "must be a str, or None"),
        ("language", 5, "must be a str, or None"),
        ("language", "de_DE", "must be a BCP 47 code such as de or pt-BR"),
        ("language", "no such", "must be a BCP 47 code such as de or pt-BR"),
    ],
)
def test_values_that_an_option_cannot_have(option: str, value: Any, reason: str) -> None:
    with pytest.raises(OptionError) as caught:
        Options(**{option: value})
    assert (caught.value.option, caught.value.value) in ((option, value), (option, 5)) or value != value
    assert str(caught.value).startswith(f"option {option}=")
    assert reason in str(caught.value)
    assert isinstance(caught.value, (CleanerError, ValueError))


@pytest.mark.parametrize("value", ["1", None])
def test_numbers_are_numbers(value: Any) -> None:
    with pytest.raises(OptionError):
        Options(max_chars=value)
    if value is not None:
        with pytest.raises(OptionError):
            Options(deadline=value)


def test_a_label_is_kept_or_stripped_but_not_both() -> None:
    with pytest.raises(OptionError, match="the same labels are in strip; name each in one of the two"):
        Options(keep={"caption", "share"}, strip={"caption"})  # type: ignore[arg-type]


@pytest.mark.parametrize("names", [{"caption"}, ["caption", "caption"], ("caption",), iter(["caption"]), {"caption": 1}])
def test_any_collection_of_names_will_do(names: Any) -> None:
    assert Options(keep=names).keep == frozenset({"caption"})


def test_paths_may_be_paths() -> None:
    assert Options(rules=[Path("a") / "b.toml", "c.toml"]).rules == (str(Path("a") / "b.toml"), "c.toml")  # type: ignore[arg-type]


def test_options_are_frozen_equal_by_value_hashable_and_picklable() -> None:
    options = Options(keep=frozenset({"caption", "share"}), bias="recall")
    with pytest.raises(AttributeError):
        options.bias = "precision"  # type: ignore[misc]
    same = Options(keep=frozenset({"share", "caption"}), bias="recall")
    assert options == same
    assert hash(options) == hash(same)
    assert pickle.loads(pickle.dumps(options)) == options
    assert options != Options(bias="recall")


def test_options_are_named() -> None:
    with pytest.raises(TypeError):
        Options(frozenset())  # type: ignore[call-arg]


@pytest.mark.parametrize("option", ["keep", "strip"])
def test_labels_that_do_not_exist_are_refused_before_anything_is_cleaned(option: str) -> None:
    options = Options(**{option: frozenset({"captions"})})  # type: ignore[arg-type]
    with pytest.raises(OptionError, match=r"\['captions'\]: no such label; there are body"):
        cleaner.Cleaner(options)
