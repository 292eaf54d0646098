"""Texts and bytes as they come out of scrapers, and such as nobody ever scraped."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.cleaners import PARAGRAPHS

#: real-looking prose in several languages and scripts
PROSE = (
    *PARAGRAPHS,
    "Der Kreistag von Hellerau hat am Donnerstag beschlossen, die Buslinie in den Norden noch mindestens zwei "
    "Jahre weiterzubetreiben, obwohl "
    "die Fahrgäste ausbleiben. „Wir lassen niemanden stehen“, sagte Landrätin Ute Kamp (SPD) der Deutschen Presse-Agentur.",
    "Am 12. März 2025 hatte die Feuerwehr den Steg gesperrt; seither fährt ein Boot. Es ist klein, es ist laut, "
    "und im Winter zieht es durch "
    "alle Ritzen, aber die Kinder vom Südufer kommen pünktlich zur Schule.",
    "Le conseil municipal de Valmoutier a voté jeudi soir la fermeture de la piscine, jugée trop coûteuse à chauffer. « Personne ne nous a "
    "demandé notre avis », regrettent les clubs, qui annoncent une manifestation devant la mairie.",
    "W nocy spłonął magazyn w strefie przemysłowej w Brzezicach Dolnych. Strażacy przez ponad cztery godziny walczyli z ogniem, nikt nie "
    "został ranny, straty są jednak bardzo duże.",
    "駅前の古い時計台は来月から修理に入る。町によると、部品はすでに生産が終わっており、地元の職人が一つずつ作り直すという。",
    "青湾镇港务委员会周四表决，夜间渡轮将再保留两年。主席曾说：“这条旧船是一座会浮的博物馆。”第二天早上，船员把这句话写在了烟囱上。",
    "คณะกรรมการท่าเรือลงมติเมื่อวันพฤหัสบดีให้เรือข้ามฟากตอนกลางคืนแล่นต่อไปอีกสองปี หลังการถกเถียงนานห้าชั่วโมง",
    "İSKELE MECLİSİ gece vapurunun iki yıl daha çalışmasına karar verdi; ISRARLI ılık rüzgâr İzmirli Işıl’ın şapkasını aldı götürdü.",
    "قررت البلدية إبقاء العبّارة الليلية تعمل عامين آخرين، بعد نقاش دام خمس ساعات شارك فيه الصيادون وأصحاب الفنادق.",
    "העירייה החליטה להשאיר את המעבורת הלילית שנתיים נוספות, אחרי דיון של חמש שעות.",
    "🚢 Am Ende winkten alle 👋🏽, sogar der Kapitän 👨‍✈️, und niemand wusste, ob es ein Abschied war.",
)
#: residue of many labels, and lines that only look like it
LINES = (
    "Menü", "Home", "Suche", "Politik", "Startseite > Region > Hellerau", "Zum Inhalt springen", "Von Petra Ahlers", "By Tom Wiegand",
    "12.03.2025, 17:20 Uhr", "Stand: 05.09.2025 13:27", "Published: 14:05, 12 March 2025", "Lesezeit: 4 Minuten", "date 2025-09-05",
    "Foto: Jens Moltke", "© Getty Images", "Die Brücke am Dienstag. Foto: Jens Moltke/dpa", "Bild 1 von 7", "Teilen", "Share this article",
    "Facebook", "Facebook Twitter WhatsApp", "12 Kommentare", "Mehr zum Thema", "Meistgelesen", "Das könnte Sie auch interessieren",
    "Brücke wird teurer als gedacht", "Lesen Sie auch: Warum die Stadt ein Boot kauft", "READ MORE: The boat that would not sink",
    "Read more",
    "Anzeige", "Advertisement", "Melden Sie sich für unseren Newsletter an", "Sign up for our newsletter", "Alle akzeptieren",
    "Accept cookies",
    "An dieser Stelle finden Sie externen Inhalt", "Artikel anhören", "04.09.2025 | 2:42 min", "Video laden", "(dpa)", "(afp/dpa/dl)",
    "Quelle: dpa", "Aktuelle Meldungen finden Sie jederzeit in unserem Liveblog:", "Weiterlesen mit Kurier+", "{{ title }}",
    "undefined", "|",
    "---", "© 2025 Kurier am See. Alle Rechte vorbehalten.", "Impressum", "Kontakt", "Eine Frage der Zeit", "Nein.", "Wirklich?",
    "3:1 (1:0)", "2025年10月2日 5時00分", "シェアする", "（共同）", "发布时间：2025年9月5日 13:27", "分享到：",
    "▲停在岸边的旧渡船。沈禾 摄", "Läs även", "Foto: Mats Ohlin",
    "# Die alte Brücke", "## Was nun?", "- Mehl", "* Zucker", "1. Kochen", "> Er blieb stehen.", "| Ort | Zeit |", "| --- | --- |", "```",
    "[mehr](https://kurier.example/mehr)", "![Bild](https://kurier.example/a.jpg)", "**Fett** und __auch__", "__", "**", "[](", "](",
    "#", "-",
)  # fmt: skip
#: glued to the start or the end of a paragraph
GLUED = (
    "date 2025-09-05 ",
    "2025-09-05 13:27 ",
    "BERLIN (dpa) – ",
    " (dpa)",
    " (afp/dpa/dl)",
    " Foto: dpa",
    " Read more",
    " © Getty Images",
    "（新华社）",
    "公開：2025年10月2日 5時00分 ",
    "",
)
#: control and format characters, broken and odd code points
ODD = (
    "\0", "\x01", "\x07", "\x1b[31m", "\x1c", "\x1d", "\x1e", "\x1f", "\x7f", "\x85", "\xa0", "\xad", "\u200b", "\u200d", "\u202e",
    "\u2066",
    "\ufeff", "\ufffd", "\ufffe", "\ud800", "\udfff", "\ud83d", "\udc80", "\U000f0000", "\U0010ffff", "e\u0301", "İ", "ß", "ﬁ", "ſ", "K",
)  # fmt: skip
#: what parts lines, and what is taken for nothing
ENDS = (
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\r\n\r\n",
    "\n\n\n\n",
    "\u2028",
    "\u2029",
    "\x0b",
    "\x0c",
    "\x85",
    " \n",
    "\n ",
    "\n\t\n",
    "\n\u00a0\n",
    " ",
    "",
)

odd_text = st.lists(st.sampled_from(ODD) | st.text(max_size=8), max_size=6).map("".join)
glued = st.builds(lambda start, text, end: start + text + end, st.sampled_from(GLUED), st.sampled_from(PROSE), st.sampled_from(GLUED))
spoiled = st.builds(
    lambda text, place, odd: text[: place % (len(text) + 1)] + odd + text[place % (len(text) + 1) :],
    st.sampled_from(PROSE + LINES),
    st.integers(0, 400),
    odd_text,
)
lines = st.one_of(st.sampled_from(PROSE), st.sampled_from(LINES), st.sampled_from(LINES), glued, spoiled, odd_text)


def _joined(pairs: list[tuple[str, str]], start: str) -> str:
    return start + "".join(line + end for line, end in pairs)


#: scrapes whose lines all end in the same way
tidy = st.builds(
    lambda found, end, last: end.join(found) + last,
    st.lists(st.sampled_from(PROSE) | st.sampled_from(LINES) | glued, min_size=1, max_size=25),
    st.sampled_from(["\n", "\n\n", "\r\n", "\r", " "]),
    st.sampled_from(["", "\n", "\r\n", " "]),
)
#: scrapes whose lines end in every way there is
untidy = st.builds(
    _joined, st.lists(st.tuples(lines, st.sampled_from(ENDS)), max_size=20), st.sampled_from(["", "\n", " ", "\ufeff", "\t\n"])
)
#: any text: mostly like a scrape, sometimes like nothing
texts = st.one_of(tidy, untidy, st.text(max_size=300))

_TAGS = ("<p>", "</p>", "<br>", "<div>", "</div>", "<h1>", "</h1>", "<li>", "<td>", "<script>", "</script>", "<title>", "<pre>", "<!--",
"-->",
         "<!DOCTYPE html>", "<html>", "</body>", "<a href='", "'>", "<", ">", "&amp;", "&#x110000;", "&nbsp;", "<svg>",
         "<?xml version='1.0'?>")  # fmt: skip
#: pages, closed or not
pages = st.lists(st.sampled_from(_TAGS) | st.sampled_from(PROSE) | st.sampled_from(LINES) | odd_text, max_size=30).map("".join)


def _encoded(text: str, encoding: str, mark: bytes) -> bytes:
    return mark + text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


#: files as they lie on disks: encoded well, encoded badly, and no text at all
files = st.one_of(
    st.builds(
        _encoded,
        texts,
        st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp1252", "cp1250", "latin-1", "shift_jis", "utf-7"]),
        st.sampled_from([b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00"]),
    ),
    st.builds(
        lambda text, raw, more: text.encode("utf-8", "replace") + raw + more.encode("utf-8", "replace"), tidy, st.binary(max_size=9), tidy
    ),
    st.binary(max_size=300),
)

#: how hard the laws are hunted: enough to find, soon enough to be run at each change
hunt = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
