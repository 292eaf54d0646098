"""Writes the test crawl, `corpus/crawl/*.txt`: five invented sites of twenty documents each.

python corpus/make_crawl.py

Every line of a document has a kind before it: `template` (the site's own, in words that no language has), `body`, or `head` (title,
author and date, which are neither). What recurs in bodies on purpose: mottos, standard sentences, subheadings.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent / "crawl"
DOCUMENTS = 20
_FIRST_DAY = datetime.date(2025, 1, 6)


class Part(NamedTuple):
    """A template line and how many of the pages have it."""

    text: str
    share: float = 1.0


class Site(NamedTuple):
    """What a site's pages have in common."""

    host: str
    language: str
    start: Sequence[Part]
    #: boxes between paragraphs: lines that stand together
    inside: Sequence[Sequence[Part]]
    end: Sequence[Part]
    #: whole lines that some of its bodies have: legitimate, and to be kept
    recurring: Sequence[Part]


SITES = (
    Site(
        "oakmere-courier.example",
        "en",
        (
            Part("Oakmere Glimberry"),
            Part("Zorvle · Quenlip · Trabby · Munfold"),
            Part("Frindle {time} · {count} Glimbers"),
            Part("Pelloving since {date}", 0.9),
        ),
        (
            (Part("Snorkle the Glimberry for only {small}.99 a fardle!"),),
            (Part("Vimble more"), Part("{count} bramlets have already vimbled this grock")),
        ),
        (
            Part("Wexing Trundle Quorps"),
            Part("Splonk this grock to a drubber"),
            Part("Nibbered by {name} on {date}", 0.9),
            Part("Plimsy Dorwick Ltd {year} · Ombled in Tarn"),
        ),
        (
            Part("Nobody was injured.", 0.3),
            Part("Background", 0.25),
            Part("The council did not respond to a request for comment.", 0.35),
        ),
    ),
    Site(
        "fellside-radio.example",
        "en",
        (Part("Skarn Fobbit Loud"), Part("Now dribbling: {name}"), Part("Grobbed {date}, {time}")),
        (
            (Part("▶ Hurkle this plonder ({small}:{small} mollits)"),),
            (Part("Tweeding the Fobbit"), Part("Ask your wimbler to droll Skarn Fobbit {small}"), Part("Drolled {count} times")),
        ),
        (
            Part("Yabbled at {time} by the Fobbit drux", 0.9),
            Part("Would you like to frumble a plonder to Skarn? Frumble it to the drux before {time}."),
            Part("Skarn Fobbit Loud is bewobbled by the Lorn Harkle and takes no drib from anyone."),
            Part("Fobbit A–Z"),
            Part("Morklings"),
        ),
        (
            Part("“We mend what we can,” as they say in the valley.", 0.3),
            Part("What happens next", 0.3),
            Part("The police have asked anybody who saw anything to come forward.", 0.4),
        ),
    ),
    Site(
        "brindle-review.example",
        "en",
        (Part("BRINDLEQUOX"), Part("A krell of Nunder and Vose"), Part("Krell {count}, {date}")),
        ((Part("*** Dunderly Vose ***"),), (Part("Quox deeper with Brindlequox Plum – {small} weeks of vose for {small} lumms", 0.9),)),
        (
            Part("More from {name} on quoxing"),
            Part("Was this krell worth your nunder? {count} quoxed yes, {count} quoxed no."),
            Part("Plum quoxers nunder first."),
            Part("All vose withstanded {year}–{year}"),
        ),
        (
            Part("It is a question that nobody likes to ask.", 0.25),
            Part("In brief", 0.2),
            Part("That, at least, is the theory.", 0.35),
        ),
    ),
    Site(
        "seetal-bote.example",
        "de",
        (
            Part("Quandelbote"),
            Part("Zwirbel | Glonk | Tripselfunk | Mumpf"),
            Part("{count} Zwirbler quandeln gerade"),
            Part("Geknurbelt am {date} um {time} Blorp"),
        ),
        (
            (Part("Jetzt quandeln: {small} Wochen Zwirbelfunk für {small},99 Lumpel!"),),
            (Part("Knurbelkasten"), Part("Blorpen Sie uns Ihren Tripsel unter {count}"), Part("Schon {count} Tripsel geblorpt", 0.9)),
        ),
        (
            Part("Verquandelt von {name}", 0.9),
            Part("Weiterblorpen im Mumpf"),
            Part("Wollen Sie diesen Glonk zwirbeln? Dann knurbeln Sie bitte zuerst Ihren Tripselfunk."),
            Part("Quandelbote Zwirbelhaus GmbH {year}"),
        ),
        (
            Part("Verletzt wurde niemand.", 0.3),
            Part("Hintergrund", 0.25),
            Part("Die Polizei bittet um Hinweise.", 0.35),
        ),
    ),
    Site(
        "hochwald-anzeiger.example",
        "de",
        (Part("Schnorpel Hochgnurz"), Part("Gnurz vom {date}"), Part("Schnorpelfest in {small} Gnurzen")),
        (
            (Part("Grumpf-Alarm: {count} Schnorpler sind schon vergnurzt."),),
            (Part("Hier gnurzt {name} für Sie", 0.9), Part("Vergnurzen")),
            (Part("Der Schnorpel trieft, wo der Gnurz noch grumpelt."),),
        ),
        (
            Part("{count} Grumpfe"),
            Part("Schnorpeln Sie mit! Der Hochgnurz vergrumpft jeden Tripp, den Sie bis {time} einschnorpeln."),
            Part("Gnurz & Söhne, Schnorpelgasse {small}", 0.9),
            Part("Allerlei Vergnurztes"),
        ),
        (
            Part("„Wer sät, der erntet“, sagte schon die Großmutter.", 0.3),
            Part("Wie es weitergeht", 0.3),
            Part("Eine Entscheidung fällt frühestens im Herbst.", 0.4),
        ),
    ),
)

_NAMES = {
    "en": "Edith Marlowe|Colin Tarrant|Priya Nandakumar|Owen Bellamy|Ruth Ashdown|Samuel Okafor|Hester Quill|Martin Dray|Leila Farouk|"
    "Tom Wainscott|Agnes Pell|Victor Lund|Nora Fairweather|Desmond Hale|Joan Birkett|Felix Amory",
    "de": "Petra Ahlers|Tom Wiegand|Miriam Stolz|Ulrich Brandner|Sabine Keil|Jonas Petersen|Hatice Yildirim|Werner Matthes|Lena Fuhrmann|"
    "Dieter Oswald|Carla Reuther|Anton Seidl|Friederike Lang|Holger Nissen|Ines Wolter|Bernd Kastner",
}
_PLACES = {
    "en": "Tarnwick|Lower Penrose|Wexmoor|Ashby Ford|Hallow Bridge|Carrick Sands|Millthorpe|Dunmere|"
    "Stoke Verity|Little Harrow|Eskdale Head|Norbury",
    "de": "Altenried|Birkental|Oberwangen|Sankt Vitus|Lindenau|Kaltenbrunn|Moosbach|Erlensee|Grünfeld|Niederstetten|Hohenau|Weilerbruck",
}
_THINGS = {
    "en": "footbridge|swimming baths|library|ferry|market hall|bandstand|lido|water mill|signal box|"
    "allotments|school bus|village shop|weir|lighthouse|"
    "railway arch|bowling green|cider press|drinking fountain|cricket pavilion|bell tower",
    "de": "Seebrücke|Stadtbücherei|Fähre|Markthalle|Wassermühle|Freibad|Dorfladen|Kleinbahn|Turnhalle|Sternwarte|"
    "Jugendherberge|Bergwacht|Kapelle|"
    "Seilbahn|Obstwiese|Feuerwache|Brauerei|Musikschule|Sägemühle|Tanzlinde",
}
_TITLES = {
    "en": "How {place} got its {thing} back|{place} argues over the {thing}|A winter without the {thing}|"
    "The {thing} of {place} opens again|"
    "Who pays for the {thing}?|{name} and the {thing}",
    "de": "{place} streitet um die {thing}|Neue Hoffnung für die {thing} in {place}|"
    "Wer bezahlt die {thing}?|Ein Winter ohne {thing}|"
    "{name} und die {thing} von {place}|{place} bekommt seine {thing} zurück",
}
_SENTENCES = {
    "en": "The {thing} in {place} has been closed since {month}, when an inspector found water where no water should be.|"
    "{name}, who has lived beside it for {small} years, says that the silence is the worst of it.|"
    "Repairs would cost about {count} thousand pounds, according to a report that the council received in {month}.|"
    "Nobody in {place} can remember a time when the {thing} was not a subject of argument.|"
    "“We were told it would take a summer,” says {name}, “and then nobody told us anything at all.”|"
    "A petition with {count} names lies on the counter of the post office, between the stamps and the eggs.|"
    "The engineers propose to lift the roof in {small} pieces and to carry them across the field on a sledge.|"
    "{name} has drawn up another plan, which needs neither steel nor money but a great many volunteers.|"
    "On a wet evening in {month} more than {small} people came to the hall to hear about it.|"
    "What the plan does not say is who will hold the key afterwards.|"
    "In {place}, {small} miles up the road, a similar scheme was finished two years late and is now loved by everybody.|"
    "The county has promised a third of the sum if the rest is found before the end of {month}.|"
    "Older residents recall that the {thing} was built by a brewer who wanted his carters to stay sober on the way home.|"
    "{name} keeps a photograph of the opening day in a biscuit tin, along with {small} tickets that were never used.|"
    "The first attempt failed because the timber arrived green and warped as it dried.|"
    "Since then the work has been done on Saturdays, by {small} retired joiners and a student of geology.|"
    "Children from the school in {place} have planted willows where the bank used to slip.|"
    "“I do not mind being wrong,” {name} told the meeting, “but I should like to be wrong about something that exists.”|"
    "An insurer has asked for a second survey, and a second survey has been ordered for {month}.|"
    "By the reckoning of {name}, the {thing} paid for itself in {small} of the past forty years.|"
    "Traffic has moved to the lane behind the church, where the hedges now wear a coat of dust.|"
    "There were {count} visitors last year, most of them on the two days when the sun shone.|"
    "The owner of the land, a farmer from {place}, says that he would give the ground away if somebody asked him politely.|"
    "A vote is planned for {month}, and both sides have begun to count their cousins.|"
    "The oak beams were cut in {place} and floated down the river in {small} rafts.|"
    "Of the {small} firms that were invited, one replied, and it replied with a question.|"
    "The minutes of that evening run to {small} pages and record {count} interruptions.|"
    "For {name}, a nurse who crosses the valley twice a day, the detour adds an hour to every shift.|"
    "The bell is to be recast with the help of a foundry that had already been sold for flats.|"
    "Whether the {thing} opens in {month} depends on frost, on the bank, and on a crane that is booked elsewhere.",
    "de": "Die {thing} in {place} ist seit {month} geschlossen, weil ein Prüfer dort Wasser fand, wo keines sein durfte.|"
    "{name} wohnt seit {small} Jahren nebenan und sagt, die Stille sei das Schlimmste daran.|"
    "Die Reparatur würde rund {count} Tausend Euro kosten, wie aus einem Gutachten vom {month} hervorgeht.|"
    "In {place} kann sich niemand an eine Zeit erinnern, in der die {thing} kein Streitthema gewesen wäre.|"
    "„Man hat uns einen Sommer versprochen“, sagt {name}, „und danach hat man uns gar nichts mehr gesagt.“|"
    "Eine Liste mit {count} Unterschriften liegt in der Bäckerei aus, zwischen den Brezeln und der Kasse.|"
    "Die Ingenieure wollen das Dach in {small} Teilen abheben und auf Schlitten über das Feld ziehen.|"
    "{name} hat einen anderen Plan gezeichnet, der weder Stahl noch Geld braucht, dafür aber viele Freiwillige.|"
    "An einem verregneten Abend im {month} kamen mehr als {small} Leute in den Saal, um davon zu hören.|"
    "Im Plan steht allerdings nicht, wer hinterher den Schlüssel verwahrt.|"
    "In {place}, {small} Kilometer talaufwärts, wurde ein ähnliches Vorhaben zwei Jahre zu spät fertig und wird heute von allen geliebt.|"
    "Der Landkreis übernimmt ein Drittel der Summe, wenn der Rest bis Ende {month} zusammenkommt.|"
    "Ältere Einwohner erzählen, ein Brauer habe die {thing} gestiftet, damit seine Fuhrleute nüchtern nach Hause fänden.|"
    "{name} bewahrt ein Foto vom Tag der Eröffnung in einer Keksdose auf, zusammen mit {small} Karten, die nie benutzt wurden.|"
    "Der erste Versuch scheiterte, weil das Holz zu frisch war und sich beim Trocknen verzog.|"
    "Seither wird samstags gearbeitet, von {small} pensionierten Schreinern und einer Studentin der Geologie.|"
    "Kinder aus der Schule in {place} haben dort Weiden gepflanzt, wo früher das Ufer abrutschte.|"
    "„Ich irre mich gern“, sagte {name} in der Versammlung, „aber dann bitte bei etwas, das es auch gibt.“|"
    "Eine Versicherung verlangt nun ein zweites Gutachten, und das zweite Gutachten ist für {month} bestellt.|"
    "Nach der Rechnung von {name} hat sich die {thing} in {small} der vergangenen vierzig Jahre selbst getragen.|"
    "Der Verkehr rollt jetzt durch die Gasse hinter der Kirche, wo die Hecken einen Mantel aus Staub tragen.|"
    "Im vergangenen Jahr kamen {count} Gäste, die meisten an den beiden Tagen, an denen die Sonne schien.|"
    "Der Besitzer des Grundstücks, ein Landwirt aus {place}, würde den Boden verschenken, wenn ihn jemand höflich fragte.|"
    "Abgestimmt wird im {month}, und beide Seiten zählen schon ihre Vettern.|"
    "Die Balken wurden in {place} geschlagen und in {small} Flößen den Fluss hinuntergebracht.|"
    "Von {small} angeschriebenen Firmen hat eine geantwortet, und zwar mit einer Gegenfrage.|"
    "Das Protokoll jenes Abends umfasst {small} Seiten und verzeichnet {count} Zwischenrufe.|"
    "Für {name}, die als Pflegerin zweimal am Tag durch das Tal fährt, bedeutet der Umweg eine Stunde mehr je Schicht.|"
    "Die Glocke soll mit Hilfe einer Gießerei neu entstehen, deren Gebäude eigentlich schon verkauft war.|"
    "Ob die {thing} im {month} öffnet, hängt vom Frost ab, von der Bank und von einem Kran, der anderswo gebraucht wird.",
}
_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
}
_BYLINE = {"en": "By {name}", "de": "Von {name}"}


class _Writer:
    """Writes the documents of one site."""

    def __init__(self, site: Site, number: int) -> None:
        self.site = site
        self.random = random.Random(1_000 + number)
        self.day = _FIRST_DAY

    def fill(self, text: str, things: dict[str, str]) -> str:
        language = self.site.language
        while "{" in text:
            name = text[text.index("{") + 1 : text.index("}")]
            text = text.replace(f"{{{name}}}", things.get(name) or self.value(name, language), 1)
        return text

    def value(self, name: str, language: str) -> str:
        pick = self.random
        if name == "count":
            number = pick.randint(60, 9_800)
            return f"{number:,}".replace(",", "," if language == "en" else ".")
        if name == "small":
            return str(pick.randint(2, 48))
        if name == "year":
            return str(pick.randint(2019, 2025))
        if name == "time":
            return f"{pick.randint(0, 23):02}:{pick.randint(0, 59):02}"
        if name == "month":
            return pick.choice(_MONTHS[language])
        if name == "date":
            day = self.day
            if pick.random() < 0.5:
                return (
                    f"{day.day} {_MONTHS['en'][day.month - 1]} {day.year}"
                    if language == "en"
                    else f"{day.day:02}.{day.month:02}.{day.year}"
                )
            return (
                f"{day.year}-{day.month:02}-{day.day:02}" if language == "en" else f"{day.day}. {_MONTHS['de'][day.month - 1]} {day.year}"
            )
        lists = {"name": _NAMES, "place": _PLACES, "thing": _THINGS}
        return pick.choice(lists[name][language].split("|"))

    def template(self, parts: Sequence[Part]) -> list[str]:
        return [f"template\t{self.fill(part.text, {})}" for part in parts if self.random.random() < part.share]

    def paragraphs(self, things: dict[str, str]) -> list[str]:
        sentences = _SENTENCES[self.site.language].split("|")
        self.random.shuffle(sentences)
        count = self.random.randint(5, 8)
        made = []
        for _ in range(count):
            own = [sentences.pop() for _ in range(self.random.randint(2, 4)) if sentences]
            if own:
                made.append("body\t" + " ".join(self.fill(sentence, things) for sentence in own))
        return made

    def document(self, number: int) -> list[str]:
        self.day = _FIRST_DAY + datetime.timedelta(days=11 * number + self.random.randint(0, 9))
        language = self.site.language
        things = {"thing": _THINGS[language].split("|")[number % DOCUMENTS], "place": self.value("place", language)}
        title = self.fill(self.random.choice(_TITLES[language].split("|")), things)
        paragraphs = self.paragraphs(things)
        for part in self.site.recurring:
            if self.random.random() < part.share:
                last = len(paragraphs) - (part.text[-1].isalpha())  # a subheading has something below it
                paragraphs.insert(self.random.randint(1, last), f"body\t{part.text}")
        for box in self.site.inside:
            at = self.random.randint(1, len(paragraphs) - 1)
            lines = self.template(box)
            if lines:
                paragraphs.insert(at, "\n".join(lines))
        head = [f"head\t{title}", f"head\t{self.fill(_BYLINE[language], {})}"]
        start, end = self.template(self.site.start), self.template(self.site.end)
        slug = things["thing"].lower().replace(" ", "-")
        url = f"https://www.{self.site.host}/{self.day.year}/{self.day.month:02}/{self.day.day:02}/{slug}-{number + 1}.html"
        return [f"url: {url}", *start, *head, "", *"\n\n".join(paragraphs).split("\n"), "", *end]


def write() -> None:
    """Writes all sites."""
    FOLDER.mkdir(exist_ok=True)
    for number, site in enumerate(SITES):
        writer = _Writer(site, number)
        documents = ["\n".join(writer.document(at)) for at in range(DOCUMENTS)]
        (FOLDER / f"{site.host}.txt").write_text("\n---\n".join(documents) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
