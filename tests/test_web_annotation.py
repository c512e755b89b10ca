"""W3C Web Annotation: each target is found by its position alone, and by its quote alone."""

from __future__ import annotations

import json

from pressmark.formats import web_annotation
from test_formats import ARTICLES


def test_position_and_quote_lead_to_the_same_words() -> None:
    seen = 0
    for article in ARTICLES.values():
        ((_, data),) = web_annotation.write([article])
        for one in json.loads(data)["items"]:
            position, quote = one["target"]["selector"]
            whole = quote["prefix"] + quote["exact"] + quote["suffix"]
            places = [place for place in range(len(article.text)) if article.text.startswith(whole, place)]
            assert [position["start"] - len(quote["prefix"])] == places
            assert quote["exact"] == article.text[position["start"] : position["end"]]
            seen += 1
    assert seen > 300


def test_a_quote_in_a_repeated_text_gets_as_much_around_it_as_it_needs() -> None:
    text = "Yes, she said. " * 20

    found = web_annotation.quoted(text, 150, 153)

    whole = found["prefix"] + "Yes" + found["suffix"]
    assert 1 == sum(text.startswith(whole, place) for place in range(len(text)))


def test_an_identifier_is_a_body_that_identifies() -> None:
    article = ARTICLES["gold 000_3b584eadf7b65c4a"]
    ((_, data),) = web_annotation.write([article])

    bodies = [body for one in json.loads(data)["items"] for body in one["body"]]

    assert {entity.kb_id for entity in article.entities if entity.kb_id} == {
        body["source"] for body in bodies if body["purpose"] == "identifying"
    }
