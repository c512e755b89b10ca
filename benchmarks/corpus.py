"""Article-like records for the benchmarks: 2 to 3 kB of text, 30 mentions, 4 quotes, 8 claims; the same for the same number."""

from __future__ import annotations

import random
from hashlib import sha256
from typing import Any

WORDS = [
    "alliance",
    "agreement",
    "minister",
    "island",
    "military",
    "exercise",
    "region",
    "threat",
    "presence",
    "cooperation",
    "statement",
    "security",
    "defense",
    "strategic",
    "joint",
    "troops",
    "partner",
    "visit",
    "trade",
    "council",
    "parliament",
    "report",
    "budget",
    "nation",
    "growth",
    "talks",
    "increase",
    "support",
]
FIRST = ["Ann", "Bob", "Carla", "Dmitri", "Elena", "Farid", "Grace", "Hiro", "Ines", "Jamal"]
LAST = ["Lee", "Ray", "Ito", "Novak", "Khan", "Silva", "Moreau", "Okafor", "Lind", "Cruz"]


def record(number: int) -> dict[str, Any]:
    """The record of a number."""
    return _Writer(random.Random(number)).record(f"article-{number:07}")


class _Writer:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.text = ""
        self.zones: list[dict[str, Any]] = []
        self.sentences: list[dict[str, Any]] = []
        self.mentions: list[list[dict[str, Any]]] = [[] for _ in range(8)]
        self.names = [f"{chance.choice(FIRST)} {chance.choice(LAST)}son{chr(97 + i)}" for i in range(8)]
        self.quotes: list[dict[str, Any]] = []
        self.claims: list[dict[str, Any]] = []

    def write(self, words: str) -> dict[str, Any]:
        start = len(self.text)
        self.text += words
        return {"start": start, "end": len(self.text), "text": words}

    def span(self, start: int, end: int) -> dict[str, Any]:
        return {"start": start, "end": end, "text": self.text[start:end]}

    def words(self, count: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=count))

    def mention(self) -> tuple[dict[str, Any], int]:
        entity = self.chance.randrange(8)
        found = self.write(self.names[entity])
        self.mentions[entity].append(found | {"level": "name"})
        return found, entity

    def claim(self, content: dict[str, Any], quote: str | None, about: list[str]) -> None:
        said = {"id": f"c{len(self.claims) + 1}", "content": [content], "proposition": content["text"] + "."}
        said |= {"types": ["event_property"], "checkworthiness": "check_worthy", "factuality": "CT+", "quote": quote}
        self.claims.append(said | {"about": about, "annotator": "model", "confidence": round(self.chance.random(), 3)})

    def plain(self, *, claimed: bool) -> None:
        start = len(self.text)
        self.write("The ")
        self.write(self.words(4) + " of ")
        _, one = self.mention()
        self.write(" and ")
        _, other = self.mention()
        self.write(" " + self.words(self.chance.randint(5, 9)))
        if claimed:
            self.claim(self.span(start, len(self.text)), None, sorted({f"e{one + 1}", f"e{other + 1}"}))
        self.write(".")
        self.sentences.append(self.span(start, len(self.text)))

    def quote(self) -> None:
        start = len(self.text)
        self.write("“")
        verbatim = self.write("We will see the " + self.words(10))
        self.claim(verbatim, f"q{len(self.quotes) + 1}", [])
        self.write(",”")
        verbatim = self.span(verbatim["start"], len(self.text) - 1)
        content = self.span(start, len(self.text))
        self.write(" ")
        source, entity = self.mention()
        self.write(" ")
        cue = self.write("said")
        self.write(" on the " + self.words(3) + ".")
        self.sentences.append(self.span(start, len(self.text)))
        said = {"id": f"q{len(self.quotes) + 1}", "type": "direct", "medium": "speech", "content": [content]}
        said |= {"verbatim": [verbatim], "cue": [cue], "sources": [source | {"entity": f"e{entity + 1}", "role": "originator"}]}
        self.quotes.append(said | {"parent": None, "annotator": "model", "confidence": None})

    def record(self, name: str) -> dict[str, Any]:
        for paragraph in range(9):
            if paragraph:
                self.write("\n\n")
            start = len(self.text)
            if paragraph == 0:
                self.write("The " + self.words(8))
                self.sentences.append(self.span(start, len(self.text)))
            elif paragraph % 2:
                self.plain(claimed=True)
                self.write(" ")
                self.plain(claimed=False)
                self.write(" ")
                self.plain(claimed=False)
            else:
                self.quote()
            self.zones.append(self.span(start, len(self.text)) | {"type": "body" if paragraph else "headline"})
        marked = {"annotator": "model", "confidence": None}
        entities: list[dict[str, Any]] = []
        new = {}
        for i, mentions in enumerate(self.mentions):
            if mentions:
                new[f"e{i + 1}"] = f"e{len(entities) + 1}"
                slug = self.names[i].lower().replace(" ", "-")
                entity = {"id": f"e{len(entities) + 1}", "label": "PERSON", "name": self.names[i], "kb_id": f"local:{slug}"}
                entities.append(entity | {"value": None, "mentions": mentions} | marked)
        for quote in self.quotes:
            for source in quote["sources"]:
                source["entity"] = new[source["entity"]]
        for claim in self.claims:
            claim["about"] = [new[about] for about in claim["about"]]
        unknown = dict.fromkeys(["title", "publisher", "author", "url", "license", "source_file", "translated_from"])
        metadata = {key: unknown.get(key) for key in ("title", "publisher", "author")} | {"published": "2023-01-11"}
        metadata |= dict.fromkeys(("url", "license", "source_file", "translated_from"))
        return {
            "schema_version": "1.0.0",
            "offset_unit": "code_point",
            "id": name,
            "text": self.text,
            "text_sha256": sha256(self.text.encode()).hexdigest(),
            "language": "en",
            "metadata": metadata,
            "zones": self.zones,
            "sentences": self.sentences,
            "entities": entities,
            "quotes": self.quotes,
            "claims": self.claims,
            "annotators": [{"id": "model", "kind": "model", "name": "A model", "version": None}],
            "layers": dict.fromkeys(("zones", "entities", "quotes", "claims"), "silver"),
        }
