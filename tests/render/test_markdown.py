from __future__ import annotations

import pytest
from hypothesis import given

from cleaner.values import Result
from tests.render.build import blocks, of_pieces, result, results


def test_roles_become_signs() -> None:
    made = blocks(
        ("heading2", "Wie es dazu kam\n\n"),
        ("paragraph", "Vier Balken waren morsch.\n\n"),
        ("list_item", "Lärche\n"),
        ("list_item", "Fichte\n\n"),
        ("quote", "Das war billiger.\n\n"),
        ("table_row", "Balken\tJahr\n"),
        ("table_row", "Lärche\t1984\n\n"),
        ("code", "print(1)\n\nprint(2)\n\n"),
        ("paragraph", "Ende."),
    )
    assert made.markdown() == (
        "## Wie es dazu kam\n\n"
        "Vier Balken waren morsch.\n\n"
        "- Lärche\n- Fichte\n\n"
        "> Das war billiger.\n\n"
        "| Balken | Jahr |\n| --- | --- |\n| Lärche | 1984 |\n\n"
        "```\nprint(1)\n\nprint(2)\n```\n\n"
        "Ende."
    )


def test_what_is_marked_already_is_left_alone() -> None:
    pieces = [
        ("heading1", "# Der Steg\n\n"),
        ("paragraph", "Vier **Balken** waren [morsch](/balken).\n\n"),
        ("list_item", "- Lärche\n"),
        ("list_item", "  - jung\n"),
        ("list_item", "1. Fichte\n\n"),
        ("quote", "> Das war billiger.\n"),
        ("quote", "> Otto Riehl\n\n"),
        ("table_row", "| Balken | Jahr |\n"),
        ("table_row", "| --- | --- |\n"),
        ("table_row", "| Lärche | 1984 |\n\n"),
        ("code", "```sh\n"),
        ("code", "if true; then\n    "),
        ("code", "echo\n\n"),
        ("code", "fi\n"),
        ("code", "```\n\n"),
        ("paragraph", "Ende.\n"),
    ]
    made = blocks(*pieces)
    assert made.markdown() == made.text


def test_removed_parts_are_absent() -> None:
    made = result("⟦headline:# Steg⟧⟦space:\n\n⟧Vier Balken. ⟦agency_credit:(dpa)⟧⟦space: ⟧Einer hielt.\n\n⟦share:Teilen⟧")
    assert made.markdown() == "Vier Balken. Einer hielt.\n"


def test_paragraphs_on_lines_of_their_own_are_parted() -> None:
    assert result("Ein Absatz.\nNoch einer.\n").markdown() == "Ein Absatz.\n\nNoch einer.\n"


def test_a_cut_inside_a_wrapped_paragraph_leaves_one() -> None:
    made = of_pieces(
        [
            ("Der erste Absatz.\n\n", "", "paragraph"),
            ("Der zweite geht über", "", "paragraph"),
            (" ", "space", "paragraph"),
            ("(Foto: Sauter)", "photo_credit", "paragraph"),
            ("\n", "", "paragraph"),
            ("zwei Zeilen.\n\n", "", "paragraph"),
            ("Der dritte.", "", "paragraph"),
        ]
    )
    assert made.markdown() == "Der erste Absatz.\n\nDer zweite geht über\nzwei Zeilen.\n\nDer dritte."


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("1. Mai am Steg", "1\\. Mai am Steg"),
        ("- sagte er", "\\- sagte er"),
        ("# 7 gewinnt", "\\# 7 gewinnt"),
        ("> 40 Grad", "\\> 40 Grad"),
        ("***", "\\***"),
        ("-40 Grad", "-40 Grad"),
        ("#steg", "#steg"),
        ("1984 war es", "1984 war es"),
        ("*Kursiv* beginnt es", "*Kursiv* beginnt es"),
    ],
)
def test_a_paragraph_is_not_mistaken_for_something_else(text: str, marked: str) -> None:
    assert result(text).markdown() == marked


@pytest.mark.parametrize("bullet", "•·–")
def test_typed_bullets_become_list_items(bullet: str) -> None:
    assert blocks(("list_item", f"{bullet} Lärche\n"), ("list_item", f"{bullet} Fichte")).markdown() == "- Lärche\n- Fichte"


def test_rows_of_unequal_length_lose_nothing() -> None:
    assert blocks(("table_row", "a\n"), ("table_row", "b\tc")).markdown() == "| a |  |\n| --- | --- |\n| b | c |"


def test_code_with_fences_inside_gets_longer_ones() -> None:
    assert blocks(("code", "x = '```'")).markdown() == "````\nx = '```'\n````"


def test_nothing() -> None:
    assert result("").markdown() == result("⟦share:Teilen⟧").markdown() == ""


@given(results)
def test_every_kept_word_is_there(made: Result) -> None:
    shown = "".join(made.markdown().split())
    at = 0
    for span in made.spans:
        if span.kept:
            for character in filter(str.isalnum, made.source[span.start : span.end]):
                at = shown.find(character, at) + 1
                assert at > 0
