"""Rules and model together: who is believed, and what is no article."""

from __future__ import annotations

import pytest

from cleaner.values import Result
from tests.cleaners import PARAGRAPHS, with_model, words

_POEM = """Der Abend am Kanal

Die Laternen zählen leise
ihre Kreise auf dem Kai,
und das Wasser trägt die Reise
eines Blattes still vorbei.

Keiner ruft, und keiner eilet,
nur ein Hund bellt weit im Ort,
wo der Nebel kurz verweilet,
nimmt der Wind ihn wieder fort.
"""
_RECIPE = """Kartoffelsuppe mit Majoran

Zutaten für 4 Personen
800 g mehligkochende Kartoffeln
2 Möhren
1 Stange Lauch
1,2 l Gemüsebrühe
Salz, Pfeffer, Muskat

Zubereitung
1. Kartoffeln schälen und würfeln.
2. Zwiebel fein hacken und in Butter anschwitzen.
3. Gemüse zugeben, mit Brühe ablöschen, 25 Minuten köcheln.
"""
_CHAT = """[18:02] Mara: bist du schon da?
[18:03] Jonas: noch im Bus, 10 min
[18:03] Mara: ok ich warte am Eingang
[18:05] Jonas: hast du die Karten?
[18:05] Mara: ja, zwei, Reihe 7
[18:14] Jonas: bin da
"""
_TABLE = """Team | Spiele | Punkte
Adler Nordheim | 12 | 28
SV Talbach | 12 | 25
Blau-Gelb Ostrand | 12 | 22
FC Hügelstadt | 12 | 19
"""
_TRANSCRIPT = """INTERVIEWER: When did you first notice the leak?
WITNESS: On the Tuesday, sir. In the morning.
INTERVIEWER: And whom did you tell?
WITNESS: The foreman.
INTERVIEWER: What did he say?
WITNESS: He said it could wait.
"""


@pytest.mark.parametrize("text", [_POEM, _RECIPE, _CHAT, _TABLE, _TRANSCRIPT], ids=["poem", "recipe", "chat", "table", "transcript"])
def test_what_is_no_article_comes_back_nearly_whole(text: str) -> None:
    assert len(words(with_model().clean_text(text).text)) >= 0.95 * len(words(text))


def _reason(result: Result, text: str) -> tuple[bool, str]:
    span = next(span for span in result.spans if text in result.source[span.start : span.end])
    return span.kept, span.reason


def test_the_model_finds_what_no_rule_names_and_precise_rules_keep_their_lines() -> None:
    teasers = [
        "Ferry crew paints its funnel pink",
        "Bus company wants more money for night lines",
        "What the hotel owners of Tarnwick fear",
    ]
    result = with_model().clean_text("\n".join(["Share this article", *PARAGRAPHS, "Most read", *teasers]))
    assert result.text == "\n".join(PARAGRAPHS)
    assert _reason(result, "Share this article") == (False, "rule:en-share-controls")
    assert [_reason(result, teaser) for teaser in teasers] == [(False, "model")] * 3
    assert all(_reason(result, paragraph) == (True, "model") for paragraph in PARAGRAPHS)
