"""A chat endpoint that answers well, badly, slowly, hugely and maliciously: a small server on loopback."""

from __future__ import annotations

import _socket
import gzip
import json
import os
import re
import runpy
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event, Thread
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from news import article
from pressmark.annotators.chat import connections
from pressmark.annotators.chat.align import aligned
from pressmark.annotators.chat.answer import anchored, applied
from pressmark.annotators.chat.answers import Answers
from pressmark.annotators.chat.ask_model import chat
from pressmark.annotators.chat.connections import EndpointError
from pressmark.annotators.chat.endpoint import Limits, post
from pressmark.annotators.chat.pieces import LONGEST, Piece, cut, joined, pieces
from pressmark.annotators.chat.prompt import LAYERS, answer_form, instructions
from pressmark.annotators.entities import entities
from pressmark.annotators.errors import UnansweredError, UnavailableError
from pressmark.annotators.inputs import articles_in
from pressmark.record import contract
from pressmark.record.encode import json_line
from pressmark.validation import errors, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Ran
    from pressmark.record.model import Article

    Pressmark = Callable[..., Ran]
    Answer = Callable[[Any], None]

ROOT = Path(__file__).parents[1]
longest_shared_run = runpy.run_path(str(ROOT / "benchmarks/manual.py"))["longest_shared_run"]
TEXT = "“We are ready,” Ann Lee said in Japan. Ann Lee left.\n"
DRAFT: dict[str, Any] = {
    "entities": [
        {"id": "e1", "label": "PERSON", "name": "Ann Lee", "mentions": [{"text": "Ann Lee", "occurrence": 1, "level": "name"}]},
        {"id": "e2", "label": "GPE", "name": "Japan", "mentions": [{"text": "Japan", "level": "name"}]},
    ],
    "quotes": [
        {
            "id": "q1",
            "type": "direct",
            "medium": "speech",
            "act": "assertion",
            "status": "made",
            "content": ["“We are ready,”"],
            "verbatim": ["We are ready,"],
            "cue": ["said"],
            "sources": [{"text": "Ann Lee", "occurrence": 1, "entity": "e1", "role": "originator"}],
        }
    ],
    "claims": [
        {
            "id": "c1",
            "content": ["We are ready"],
            "proposition": "Ann Lee is ready.",
            "types": ["position_statement"],
            "checkworthiness": "non_factual",
            "factuality": "CT+",
            "quote": "q1",
            "about": ["e1"],
        }
    ],
}
QUICK = Limits(deadline=1.0, tries=2, size=100_000, pause=0.01)
ALL = {"entities", "quotes", "claims"}


class Server:
    """What it was asked, and what it answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.answer: Answer = saying(DRAFT)
        self.connections = 0
        self.listening: ThreadingHTTPServer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    found = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            found.connections += 1

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.article = body["messages"][1]["content"] if body else ""
            self.form = body.get("response_format", {}).get("type", "")
            found.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            try:
                found.answer(self)
            except OSError:  # the client went away, as it should
                self.close_connection = True

        def log_message(self, *_: object) -> None: ...

    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)

    def loopback(self: socket.socket, address: tuple[str, int]) -> None:
        assert address[0] in {"127.0.0.1", "localhost"}, f"a test reaches for {address}"
        _socket.socket.connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", loopback)
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    monkeypatch.setattr(listening, "handle_error", lambda *_: None)  # of clients that go away, as they should
    thread = Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{listening.server_port}/v1/")
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    found.listening = listening
    yield found
    connections.close()
    listening.shutdown()
    listening.server_close()
    thread.join()


def saying(content: object, status: int = 200) -> Answer:
    """A chat completion with that content: a draft, or whatever the model wrote."""
    words = content if isinstance(content, str) else json.dumps(content)
    return sending(json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode(), status)


def sending(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def asked(one: Article | None = None, free: set[str] | None = None) -> tuple[Article, list[str]]:
    notes: list[str] = []
    made = one = one or article(TEXT)
    try:
        made = chat(one, "tiny", ALL if free is None else free, notes.append, Answers(limits=QUICK))
    except UnansweredError as error:
        notes.append(str(error))
    assert [] == list(map(str, errors(parse(json_line(made)))))
    assert all(note.isprintable() for note in notes)
    return made, notes


def test_a_good_answer_becomes_silver_layers(server: Server) -> None:
    made, notes = asked()

    assert [] == notes
    assert ["Ann Lee", "Japan"] == [entity.name for entity in made.entities]
    assert ("“We are ready,”", "e1") == (made.quotes[0].content[0].text, made.quotes[0].sources[0].entity)
    assert ("q1", ("e1",)) == (made.claims[0].quote, made.claims[0].about)
    assert {"silver"} == {made.layers.entities, made.layers.quotes, made.layers.claims}
    assert [("llm", "model", "tiny")] == [(one.id, one.kind, one.name) for one in made.annotators]
    ((path, headers, body),) = server.asked
    assert ("/v1/chat/completions", "Bearer secret", "tiny") == (path, headers["authorization"], body["model"])
    assert ["system", "user"] == [message["role"] for message in body["messages"]]
    assert TEXT == body["messages"][1]["content"]


def test_the_prompt_is_the_schema_and_the_quick_card() -> None:
    told = instructions()

    for label in contract.labels(contract.at("article", "entities/label")):
        assert label in told
    assert contract.at("article", "claims/factuality")["description"] in told
    assert "**Is it a quote?**" in told
    assert "pressmark anchor" not in told


def test_the_prompt_is_short_and_has_no_words_of_the_gold() -> None:
    told = instructions()

    assert len(re.findall(r"\w+|[^\w\s]", told)) < 4000  # words and marks; tokens of a model are at most half as many again
    for path in (ROOT / "seeds").glob("*.txt"):
        assert len(longest_shared_run(told, path.read_text(encoding="utf-8"))) < 5
    for one in articles_in(ROOT):
        for entity in one.entities:
            if entity.label in {"PERSON", "GPE", "ORG", "LOC", "FAC"}:
                assert not re.search(rf"\b{re.escape(entity.name)}\b", told), entity.name


def test_only_the_layers_that_are_wanted_are_asked_for(server: Server) -> None:
    asked(free={"entities"})

    told = server.asked[0][2]["messages"][0]["content"]
    assert "Only these lists are wanted: entities." in told
    assert "- quotes" not in told


def bare(value: Any, spell: Callable[[str], str]) -> Any:
    """The record without offsets, in other spellings: what a model would write."""
    if isinstance(value, list | tuple):
        return [bare(item, spell) for item in value]
    if not isinstance(value, dict):
        return value
    if "start" in value:
        rest = {key: one for key, one in value.items() if key not in {"start", "end"}}
        return rest | {"text": spell(value["text"])}
    return {key: bare(item, spell) for key, item in value.items()}


def pairs(gold: Any, made: Any) -> Iterator[tuple[int, int | None]]:
    """Where each span is in the gold, and where the draft has it."""
    if isinstance(gold, list | tuple):
        for one, other in zip(gold, made, strict=True):
            yield from pairs(one, other)
    elif isinstance(gold, dict) and "start" in gold:
        yield gold["start"], made.get("start") if isinstance(made, dict) else None
    elif isinstance(gold, dict):
        for key in gold:
            yield from pairs(gold[key], made[key])


def other_spelling(text: str) -> str:
    straight = text.replace("“", '"').replace("”", '"').replace("’", "'").replace(" ", "  ")
    return straight[:1].swapcase() + straight[1:]


@pytest.mark.parametrize("spell", [str, other_spelling])
def test_an_answer_without_any_number_keeps_its_spans_at_their_places(spell: Callable[[str], str]) -> None:
    found: list[tuple[int, int | None]] = []
    for one in articles_in(ROOT):
        record = msgspec.to_builtins(one)
        gold = {layer: record[layer] for layer in LAYERS}
        for entity in gold["entities"]:
            entity["mentions"] = sorted(entity["mentions"], key=lambda mention: mention["start"])
        found += pairs(gold, aligned(bare(gold, spell), one))

    kept = [(gold, start) for gold, start in found if start is not None]
    assert len(kept) >= 0.95 * len(found)
    assert sum(gold == start for gold, start in kept) >= 0.99 * len(kept)


@pytest.mark.parametrize("begin", ["<think>", ""])
def test_a_thought_before_the_json_is_left_out(server: Server, begin: str) -> None:
    server.answer = saying(begin + '{"entities": []} or not?</think>\n' + json.dumps(DRAFT))

    assert 2 == len(asked()[0].entities)


def test_an_answer_in_parts_is_one_answer(server: Server) -> None:
    words = json.dumps(DRAFT)
    parts = [{"type": "text", "text": words[:50]}, {"type": "image"}, {"type": "text", "text": words[50:]}]
    server.answer = sending(json.dumps({"choices": [{"message": {"content": parts}}]}).encode())

    assert 2 == len(asked()[0].entities)


@pytest.mark.parametrize("content", [json.dumps(DRAFT), json.dumps(DRAFT)[:99], "", None])
def test_an_answer_that_was_cut_off_is_named(server: Server, content: str | None) -> None:
    choice = {"message": {"content": content}, "finish_reason": "length"}
    server.answer = sending(json.dumps({"choices": [choice]}).encode())

    made, notes = asked()

    assert not made.entities
    assert "its answer was cut off" in notes[0]


def refusing(server: Server, message: str, is_refused: Callable[[Any], bool], status: int = 400) -> Answer:
    """A server that does not take some requests, and says so as OpenAI's does."""
    said = json.dumps({"error": {"message": message, "type": "invalid_request_error"}}).encode()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        (sending(said, status) if is_refused(server.asked[-1][2]) else saying(DRAFT))(handler)

    return answer


def forms(server: Server) -> list[str | None]:
    return [body.get("response_format", {}).get("type") for _, _, body in server.asked]


NO_SCHEMA = "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. Learn more: http…"


@pytest.mark.parametrize(
    ("message", "status", "taken", "asked_for"),
    [
        (NO_SCHEMA, 400, {"json_object", None}, ["json_schema", "json_object"]),
        ("This model does not support response format `json_schema`", 400, {"json_object"}, ["json_schema", "json_object"]),
        ("This response_format type is unavailable now", 422, {None}, ["json_schema", "json_object", None]),
    ],
)
def test_a_server_without_schemas_is_asked_for_json_and_one_without_json_for_words(
    server: Server, message: str, status: int, taken: set[str | None], asked_for: list[str | None]
) -> None:
    server.answer = refusing(server, message, lambda body: body.get("response_format", {}).get("type") not in taken, status)

    made = [asked()[0] for _ in range(3)]

    assert [2, 2, 2] == [len(one.entities) for one in made]
    assert asked_for + asked_for[-1:] * 2 == forms(server)  # it is remembered


def test_a_temperature_that_a_model_does_not_take_is_left_out_and_that_is_remembered(server: Server) -> None:
    message = "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported."
    server.answer = refusing(server, message, lambda body: "temperature" in body)

    assert [2, 2] == [len(asked()[0].entities) for _ in range(2)]
    assert [True, False, False] == ["temperature" in body for _, _, body in server.asked]
    assert {"json_schema"} == set(forms(server))


def test_requests_in_flight_when_the_schema_is_refused_do_not_give_up_json(
    server: Server, pressmark: Pressmark, corpus: Path
) -> None:
    together = Barrier(8)

    def answer(handler: Any) -> None:
        if server.asked and "json_schema" in handler.form:
            together.wait(20)
            sending(NO_SCHEMA.encode(), 400)(handler)
        else:
            saying(DRAFT)(handler)

    server.answer = answer

    assert 0 == pressmark("annotate", corpus, "--llm", "tiny", "--jobs", 8).code
    assert {"json_schema": 8, "json_object": 8} == Counter(forms(server))


def test_a_refusal_of_something_else_is_told_whole(server: Server) -> None:
    message = "This model's maximum context length is 4,096 tokens, and the messages have 5,120; reduce their length"
    server.answer = refusing(server, message, lambda _: True)

    assert f"status 400: '{message}'" in fails()
    assert 1 == len(server.asked)


def keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, child in node.items():
            yield name
            yield from keys(child)
    elif isinstance(node, list):
        for child in node:
            yield from keys(child)


def test_the_form_of_answers_is_strict_and_has_the_fields_that_are_asked_for(server: Server) -> None:
    asked(free={"quotes"})

    ((_, _, body),) = server.asked
    schema = body["response_format"]["json_schema"]["schema"]
    assert (["quotes"], True) == (schema["required"], body["response_format"]["json_schema"]["strict"])
    objects = [schema, schema["properties"]["quotes"]["items"]]
    assert all((False, list(one["properties"])) == (one["additionalProperties"], one["required"]) for one in objects)
    assert {"pattern", "minItems", "not", "description", "start", "annotator"}.isdisjoint(keys(answer_form()))
    for name in objects[1]["properties"]:
        assert f"- quotes[].{name}: " in instructions(("quotes",))


def test_the_gold_has_the_form_of_answers() -> None:
    validator = Draft202012Validator(answer_form()["json_schema"]["schema"])
    for one in articles_in(ROOT):
        record = msgspec.to_builtins(one)
        draft = as_asked(answer_form()["json_schema"]["schema"], bare({layer: record[layer] for layer in LAYERS}, str))

        assert [] == [error.message for error in validator.iter_errors(draft)]
        assert draft["quotes"]


def as_asked(node: dict[str, Any], value: Any) -> Any:
    """A draft with only the keys of the form; a span without other keys is its text."""
    if node.get("type") == "array":
        return [as_asked(node["items"], item) for item in value]
    if node.get("type") == "object":
        return {name: as_asked(child, value[name]) for name, child in node["properties"].items()}
    return value["text"] if isinstance(value, dict) else value


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(time, "sleep", found.append)
    return found


def again() -> str:
    """What is said after two tries of a server that asks to wait."""
    with pytest.raises(EndpointError) as caught:
        post(f"{os.environ['OPENAI_BASE_URL']}chat", None, {}, Limits(deadline=30, tries=2))
    assert str(caught.value).isprintable()
    return str(caught.value)


@pytest.mark.parametrize(
    ("said", "waited"),
    [("7", 7), ("0", 0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("soon", 1), ("-5", 1), ("\xb2", 1), ("1e3", 1), (None, 1)],
)
def test_the_server_says_how_long_to_wait(server: Server, waits: list[float], said: str | None, waited: float) -> None:
    server.answer = sending(b"slow down", 429, **({} if said is None else {"Retry-After": said}))

    assert "status 429: 'slow down'" in again()
    assert [waited] == [wait for wait in waits if wait != 0.02]
    assert 2 == len(server.asked)


def test_a_wait_until_a_date_is_the_time_until_then(server: Server, waits: list[float]) -> None:
    date = formatdate(time.time() + 20, usegmt=True)
    server.answer = sending(b"slow down", 429, **{"Retry-After": date})

    again()

    assert 1 == len([wait for wait in waits if 5 < wait <= 20])


@pytest.mark.parametrize("said", ["1000000000", "9" * 400, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_nobody_waits_for_ever(server: Server, waits: list[float], said: str) -> None:
    server.answer = sending(b"slow down", 429, **{"Retry-After": said})

    assert "so run the command again later" in again()
    assert 1 == len(server.asked)
    assert [] == [wait for wait in waits if wait > 1]


def test_a_draft_in_a_code_fence_counts(server: Server) -> None:
    server.answer = saying(f"Sure!\n```json\n{json.dumps(DRAFT)}\n```")

    made, _ = asked()
    assert 2 == len(made.entities)


def test_what_cannot_be_anchored_is_reported_and_left_out_by_itself(server: Server) -> None:
    mentions = [
        {"text": "Ann Lee", "occurrence": 1, "level": "name"},
        {"text": "Ann Lee", "level": "name"},
        {"text": "Bob", "level": "name"},
        {"text": "Japan", "level": "wrong"},
        5,
    ]
    bad = DRAFT | {"entities": [DRAFT["entities"][0] | {"mentions": mentions}, DRAFT["entities"][1], {"id": "e3"}, None]}
    server.answer = saying(bad)

    made, notes = asked()

    assert [2, 1] == [len(entity.mentions) for entity in made.entities]
    assert 1 == len(made.quotes)
    assert any("anchor-absent" in note and "Bob" in note for note in notes)
    assert any("schema-enum" in note for note in notes)


def test_what_breaks_a_rule_is_reported_and_left_out(server: Server) -> None:
    twice = {"id": "e1", "label": "ORG", "name": "Lee", "mentions": [{"text": "Lee", "occurrence": 1, "level": "name"}]}
    loop = DRAFT["quotes"][0] | {"id": "q2", "parent": "q2"}
    lost = DRAFT["claims"][0] | {"id": "c2", "quote": "q9", "about": ["e9"]}
    server.answer = saying(
        {"entities": [*DRAFT["entities"], twice], "quotes": [*DRAFT["quotes"], loop], "claims": [*DRAFT["claims"], lost]}
    )

    made, notes = asked()

    assert (["e1", "e2"], ["q1"], ["c1"]) == (
        [one.id for one in made.entities],
        [one.id for one in made.quotes],
        [one.id for one in made.claims],
    )
    assert any("id-unique" in note for note in notes)
    assert any("parent-cycle" in note for note in notes)
    assert any("reference" in note for note in notes)


def test_the_model_cannot_sign_for_others_nor_call_itself_gold(server: Server) -> None:
    forged = {
        **DRAFT,
        "id": "other",
        "layers": dict.fromkeys(("zones", *ALL), "gold"),
        "annotators": [{"id": "me", "kind": "human", "role": "reviewer", "name": "A human", "version": None}],
        "entities": [DRAFT["entities"][1] | {"annotator": "me", "confidence": 99}],
    }
    server.answer = saying(forged)

    made, _ = asked()

    assert "silver" == made.layers.entities
    assert {"llm"} == {one.annotator for one in made.entities}
    assert ["model"] == [one.kind for one in made.annotators]


def test_gold_layers_stay_and_are_pointed_into_only_by_place(server: Server) -> None:
    gold = entities(article(TEXT))
    reviewed = tuple(replace(annotator, role="reviewer") for annotator in gold.annotators)
    gold = replace(gold, annotators=reviewed, layers=replace(gold.layers, entities="gold"))

    made, _ = asked(gold, {"quotes", "claims"})

    assert gold.entities == made.entities
    lee = next(entity.id for entity in gold.entities if entity.name == "Ann Lee")
    assert (lee, ()) == (made.quotes[0].sources[0].entity, made.claims[0].about)
    assert 1 == len(server.asked)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b"[" * 100_000,
        b"{}",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": 5}}]}',
        b'{"error": {"message": "\\u001b[2J\\u202e gone"}}',
    ],
)
def test_an_answer_of_another_shape_is_reported_and_proposes_nothing(server: Server, body: bytes) -> None:
    server.answer = sending(body)
    bare = article(TEXT)

    made, notes = asked(bare)

    assert bare == made
    assert 1 == len(notes)
    assert "nothing is proposed" in notes[0]


@pytest.mark.parametrize(
    "content",
    [
        "I cannot do that.",
        "\x1b]0;owned\x07 {",
        "{" * 50_000 + "}",
        "[]",
        '{"entities": 5}',
        '{"entities": {}}',
        '{"entities": [], "entities": []}',
        '{"entities": [NaN]}',
        '{"entities": ["\\ud800"]}',
        "} {",
    ],
)
def test_a_model_that_writes_something_else_is_reported_and_proposes_nothing(server: Server, content: str) -> None:
    server.answer = saying(content)
    bare = article(TEXT)

    made, notes = asked(bare)

    assert bare == made
    assert 1 == len(notes)


@pytest.mark.parametrize(
    "text", ["\x1b[2J", "Ann Lee\x1b[31m", "\u202eJapan", "Japan\x00", "", " Japan", "apan", "A" * 5000, "🙂"]
)
def test_words_that_a_terminal_would_act_on_stay_out_of_messages(server: Server, text: str) -> None:
    server.answer = saying({"entities": [DRAFT["entities"][0] | {"mentions": [{"text": text, "level": "name"}]}]})

    made, notes = asked()

    assert () == made.entities
    assert 1 == len(notes)
    assert len(notes[0]) < 400


def test_a_flood_of_items_is_cut(server: Server) -> None:
    claim = DRAFT["claims"][0] | {"quote": None, "about": []}
    server.answer = saying({"claims": [claim | {"id": f"c{i}"} for i in range(1, 2100)]})
    notes: list[str] = []

    made = chat(article(TEXT), "tiny", ALL, notes.append, Answers(limits=replace(QUICK, size=10**7)))

    assert 2000 == len(made.claims)
    assert any("are left out" in note for note in notes)


def test_a_flood_of_mentions_is_cut_and_so_is_what_is_said_of_it(server: Server) -> None:
    many = [{"text": "Ann Lee", "level": "name"}] * 100
    server.answer = saying({"entities": [DRAFT["entities"][0] | {"id": f"e{i}", "mentions": many} for i in range(1, 500)]})
    notes: list[str] = []

    chat(article(TEXT), "tiny", ALL, notes.append, Answers(limits=replace(QUICK, size=10**7)))

    assert 101 == len(notes)
    assert "a: llm:tiny: the entities have 50,399 parts; the last 440 entities are left out" == notes[0]
    assert re.fullmatch(r"a: llm:tiny: [\d,]+ more such lines are not shown", notes[-1])


def test_a_wrong_value_that_may_be_open_costs_nothing_else(server: Server) -> None:
    entity = DRAFT["entities"][0] | {"kb_id": "Q5", "value": ""}
    source = DRAFT["quotes"][0]["sources"][0] | {"type": "politician"}
    server.answer = saying(
        {"entities": [entity], "quotes": [DRAFT["quotes"][0] | {"sources": [source]}], "claims": DRAFT["claims"]}
    )

    made, notes = asked()

    assert (None, None, None) == (made.entities[0].kb_id, made.entities[0].value, made.quotes[0].sources[0].type)
    assert (1, "e1") == (len(made.claims), made.quotes[0].sources[0].entity)
    assert ["left open"] * 3 == [note.partition(":")[0] for note in notes]
    assert ["kb_id", "value", "type"] == [re.findall(r"\w+", note.partition(" (")[0])[-1] for note in notes]


@pytest.mark.parametrize(("layer", "field"), [("claims", "quote"), ("quotes", "parent")])
def test_a_wrong_reference_that_changes_the_meaning_costs_the_item(server: Server, layer: str, field: str) -> None:
    server.answer = saying(DRAFT | {layer: [DRAFT[layer][0] | {field: "the first one"}]})

    made, notes = asked()

    assert () == getattr(made, layer)
    assert notes[0].startswith("dropped: ")


def fails(**limits: Any) -> str:
    with pytest.raises(UnavailableError) as caught:
        chat(article(TEXT), "tiny", ALL, lambda _: None, Answers(limits=replace(QUICK, **limits)))
    assert str(caught.value).isprintable()
    return str(caught.value)


def test_an_answer_over_the_limit_is_cut_off(server: Server) -> None:
    server.answer = sending(b"x" * 200_000)

    assert "over 100000 bytes" in fails()
    assert 1 == len(server.asked)


def test_an_endless_answer_is_cut_off(server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 10_000)

    server.answer = endless

    assert "over 100000 bytes" in fails()


@pytest.mark.parametrize("drip", [b"", b"HTTP/1.1 200 OK\r\nX: y", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx"])
def test_a_slow_answer_is_given_up_before_its_end(server: Server, drip: bytes) -> None:
    ended = []

    def slow(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(drip)
        for _ in range(100):
            handler.wfile.write(b"x" if drip else b"")
            handler.wfile.flush()
            time.sleep(0.05)
        ended.append(drip)

    server.answer = slow

    assert "no complete answer in 0.3 seconds" in fails(deadline=0.3)
    assert [] == ended


def test_a_run_keeps_its_connections(server: Server, pressmark: Pressmark, corpus: Path) -> None:
    ran = pressmark("annotate", corpus, "--llm", "tiny")

    assert (0, 8, 1) == (ran.code, len(server.asked), server.connections)


def test_a_connection_that_the_server_closed_is_opened_anew(server: Server, pressmark: Pressmark, corpus: Path) -> None:
    server.answer = sending(json.dumps({"choices": [{"message": {"content": json.dumps(DRAFT)}}]}).encode(), Connection="close")

    ran = pressmark("annotate", corpus, "--llm", "tiny")

    assert (0, 8, 8) == (ran.code, len(server.asked), server.connections)


def test_a_proxy_of_the_environment_is_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", os.environ["OPENAI_BASE_URL"].removesuffix("/v1/"))
    monkeypatch.setenv("OPENAI_BASE_URL", "http://model.invalid/v1")

    assert 2 == len(asked()[0].entities)
    assert ["http://model.invalid/v1/chat/completions"] == [path for path, _, _ in server.asked]


def test_a_proxy_is_not_asked_for_what_needs_none(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    assert 2 == len(asked()[0].entities)
    assert ["/v1/chat/completions"] == [path for path, _, _ in server.asked]


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1", "socks"),
        ("HTTPS_PROXY", "gopher://127.0.0.1:1", "gopher"),
        ("SSL_CERT_FILE", "/nowhere.pem", "No such file"),
    ],
)
def test_an_environment_that_the_client_cannot_use_is_one_line_before_the_first_article(
    pressmark: Pressmark, corpus: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)

    ran = pressmark("annotate", corpus, "--llm", "tiny")

    assert (3, 1) == (ran.code, ran.err.count("\n"))
    assert said in ran.err


def test_a_server_without_tls_is_named(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", os.environ["OPENAI_BASE_URL"].replace("http:", "https:"))

    assert re.search(r"127\.0\.0\.1:\d+: no secure connection \(TLS\): .*(WRONG_VERSION|RECORD|UNKNOWN_PROTOCOL)", fails())
    assert [] == server.asked


@pytest.mark.skipif(shutil.which("openssl") is None, reason="it makes the certificate")
def test_a_certificate_that_nobody_signed_is_named_and_not_tried_again(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    certificate = tmp_path / "own.pem"
    request = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=127.0.0.1",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
    ]
    subprocess.run(["openssl", *request, "-keyout", tmp_path / "key.pem", "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, tmp_path / "key.pem")
    server.listening.socket = context.wrap_socket(server.listening.socket, server_side=True)
    monkeypatch.setenv("OPENAI_BASE_URL", os.environ["OPENAI_BASE_URL"].replace("http:", "https:"))

    assert "the certificate is not trusted" in fails()
    connections.close()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert 2 == len(asked()[0].entities)


@pytest.mark.parametrize("key", ["sec\u00e9ret", "sec\x00ret", "sec\nret", "sec\x1b[2Jret"])
def test_a_key_that_no_header_can_carry_is_refused_and_not_shown(
    server: Server, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setattr(os, "environ", {**os.environ, "OPENAI_API_KEY": key})

    assert "OPENAI_API_KEY has a character that no key has" in (said := fails())
    assert "ret" not in said
    assert [] == server.asked


def test_the_line_break_of_a_file_of_keys_is_no_part_of_the_key(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret\r\n")

    asked()

    assert "Bearer secret" == server.asked[0][1]["authorization"]


def test_a_password_in_the_address_is_not_shown(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://me:hidden@127.0.0.1:1/v1")

    assert "127.0.0.1:1: " in (said := fails())
    assert "hidden" not in said
    assert [] == server.asked


def test_a_compressed_answer_is_not_unpacked(server: Server) -> None:
    server.answer = sending(gzip.compress(bytes(10**7)), 200, **{"Content-Encoding": "gzip"})

    assert "the answer is compressed, although that was not asked for" in fails()
    assert "identity" == server.asked[0][1]["accept-encoding"]


def test_a_compressed_error_is_an_error(server: Server) -> None:
    server.answer = sending(gzip.compress(b"busy"), 503, **{"Content-Encoding": "gzip"})

    assert "status 503: ''" in fails()
    assert 2 == len(server.asked)


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("name", "value"),
    [("OPENAI_BASE_URL", "localhost:8000/v1"), ("OPENAI_BASE_URL", "http://[::1"), ("OPENAI_API_KEY", "se\x7fcret")],
)
def test_an_address_or_key_that_cannot_be_used_is_named_before_the_first_article(
    pressmark: Pressmark, corpus: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    ran = pressmark("annotate", corpus, "--llm", "tiny")

    assert (3, 1, True) == (ran.code, ran.err.count("\n"), name in ran.err)
    assert "cret" not in ran.err


@pytest.mark.parametrize("line", [b"X: y\r\n", b"x" * 1000, b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_headers_without_an_end_are_given_up(server: Server, line: bytes) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" if b"HTTP" not in line else b"")
        while True:
            handler.wfile.write(line)

    server.answer = endless

    assert re.search("no complete answer in 1 seconds|buffer too long", fails())


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        b"HTTP/1.1 200 \x1b[2J\r\nX\x1b: y\r\n\r\n",
        b"HTTP/9.9 abc\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"\xff" * 100,
        b"",
    ],
)
def test_what_is_no_http_is_one_line(server: Server, head: bytes) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        handler.close_connection = True

    server.answer = answer

    assert "127.0.0.1" in fails()


def test_a_redirect_keeps_the_key_at_home(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", os.environ["OPENAI_BASE_URL"].replace("127.0.0.1", "localhost"))
    server.answer = sending(b"", 307, Location=os.environ["OPENAI_BASE_URL"].replace("localhost", "127.0.0.1"))

    assert "redirects are not followed" in fails()
    assert 1 == len(server.asked)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"choices": [{"message": {"content": None, "refusal": "No \x1b[2J way."}}]}, "it refused: 'No \\x1b[2J way.'"),
        ({"error": {"message": "Out of credits", "code": 402}}, "the server says 'Out of credits'"),
    ],
)
def test_a_refusal_with_status_200_is_named(server: Server, body: Any, said: str) -> None:
    server.answer = sending(json.dumps(body).encode())

    made, notes = asked()

    assert ((), f"llm:tiny: {said}; nothing is proposed") == (made.entities, *notes)


def test_a_web_page_is_named(server: Server) -> None:
    server.answer = sending(b"<!doctype html><html><title>Welcome</title></html>", 200, **{"Content-Type": "text/html"})

    made, notes = asked()

    assert ((), 1) == (made.entities, len(notes))
    assert "OPENAI_BASE_URL" in notes[0]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(server: Server, status: int) -> None:
    server.answer = sending(b"", status, Location="http://127.0.0.1:1/steal")

    assert "redirects are not followed" in fails()
    assert 1 == len(server.asked)


@pytest.mark.parametrize(("status", "tries"), [(429, 2), (500, 2), (503, 2), (400, 1), (401, 1), (404, 1)])
def test_only_what_may_pass_is_tried_again_and_not_for_ever(server: Server, status: int, tries: int) -> None:
    server.answer = sending(b"\x1b[2J bad \xff", status)

    assert f"status {status}" in fails()
    assert tries == len(server.asked)


def test_a_second_try_may_do(server: Server) -> None:
    def second(handler: BaseHTTPRequestHandler) -> None:
        (saying(DRAFT) if len(server.asked) > 1 else sending(b"", 503))(handler)

    server.answer = second

    made, notes = asked()

    assert (2, []) == (len(made.entities), notes)


def test_an_answer_that_breaks_off_is_no_answer(server: Server) -> None:
    def broken(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(b"{}")

    server.answer = broken

    assert "without sending complete message body" in fails()
    assert 2 == len(server.asked)


def test_nobody_there_is_one_line(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")

    assert "127.0.0.1:1" in fails()
    assert [] == server.asked


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/", "127.0.0.1", "http://", "http://127.0.0.1:99999/", "http://[::1"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(EndpointError):
        post(url, None, {}, QUICK)


def usage(draft: object, prompt: object = 100, completion: object = 10) -> Answer:
    message = {"message": {"content": json.dumps(draft)}}
    tokens = {"prompt_tokens": prompt, "completion_tokens": completion}
    return sending(json.dumps({"choices": [message], "usage": tokens}).encode())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A project of eight articles."""
    (tmp_path / "corpus/seeds").mkdir(parents=True)
    for number in range(8):
        (tmp_path / f"corpus/seeds/a{number}.txt").write_text(f"{TEXT}No {number}.\n", encoding="utf-8")
    return tmp_path / "corpus"


def made(corpus: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (corpus / "annotations").glob("*.json")}


def test_a_repeated_run_asks_nothing(server: Server, pressmark: Pressmark, corpus: Path) -> None:
    server.answer = usage(DRAFT)
    first = pressmark("annotate", corpus, "--llm", "tiny")
    before = made(corpus)
    shutil.rmtree(corpus / "annotations")
    (corpus / ".pressmark/proposals.jsonl").unlink()

    again = pressmark("annotate", corpus, "--llm", "tiny")

    assert (0, 0, 8, before) == (first.code, again.code, len(server.asked), made(corpus))
    assert "pressmark: 8 new answers (800 tokens in and 80 out), 0 kept answers used again\n" == first.err
    assert "pressmark: no new answers, 8 kept answers used again\n" == again.err


@pytest.mark.usefixtures("server")
def test_the_answers_hold_no_key_and_git_ignores_them(pressmark: Pressmark, corpus: Path) -> None:
    pressmark("annotate", corpus, "--llm", "tiny")

    files = list((corpus / ".pressmark/answers").iterdir())
    assert 9 == len(files)
    assert not any(b"secret" in path.read_bytes() for path in files)
    assert "*" in (corpus / ".pressmark/answers/.gitignore").read_text(encoding="utf-8").splitlines()


def test_another_model_or_other_layers_are_another_question(server: Server, tmp_path: Path) -> None:
    for model, free in [("tiny", ALL), ("tiny", ALL), ("tiny", {"entities"}), ("other", ALL)]:
        chat(article(TEXT), model, free, lambda _: None, Answers(tmp_path / "answers"))

    assert 3 == len(server.asked)


@pytest.mark.parametrize("said", ["I cannot do that.", '{"entities": 5}'])
def test_an_answer_that_is_of_no_use_is_not_kept(server: Server, tmp_path: Path, said: str) -> None:
    server.answer = saying(said)
    answers = Answers(tmp_path / "answers")

    with pytest.raises(UnansweredError):
        chat(article(TEXT), "tiny", ALL, lambda _: None, answers)

    assert not (tmp_path / "answers").exists()
    assert 1 == answers.tokens.asked


def test_a_kept_answer_that_was_damaged_is_asked_for_anew(server: Server, tmp_path: Path) -> None:
    chat(article(TEXT), "tiny", ALL, lambda _: None, Answers(tmp_path))
    (path,) = tmp_path.glob("*.json")
    whole = path.read_bytes()
    path.write_bytes(whole[:20])

    made = chat(article(TEXT), "tiny", ALL, lambda _: None, Answers(tmp_path))

    assert (2, 2, whole) == (len(server.asked), len(made.entities), path.read_bytes())


@pytest.mark.usefixtures("server")
def test_an_answer_that_cannot_be_kept_is_used_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    notes: list[str] = []

    made = chat(article(TEXT), "tiny", ALL, notes.append, Answers(tmp_path / "file/answers"))

    assert 2 == len(made.entities)
    assert "the answer is used, but not kept" in notes[0]


def test_with_an_output_the_answers_are_kept_beside_it(
    server: Server, pressmark: Pressmark, corpus: Path, tmp_path: Path
) -> None:
    pressmark("annotate", corpus, "--llm", "tiny", "--output", tmp_path / "one.jsonl")
    pressmark("annotate", corpus, "--llm", "tiny", "--output", tmp_path / "two.jsonl", "--min-confidence", 0.5)

    assert 8 == len(server.asked)
    assert 8 == len(list((tmp_path / ".pressmark/answers").glob("*.json")))
    assert not (corpus / ".pressmark").exists()


@pytest.mark.parametrize("tokens", [None, "many", -5, 1.5, [1]])
def test_odd_counts_of_tokens_count_nothing(server: Server, tokens: object) -> None:
    server.answer = usage(DRAFT, tokens, tokens)
    answers = Answers()

    chat(article(TEXT), "tiny", ALL, lambda _: None, answers)

    assert (1, 0, 0, 0, 1) == answers.tokens


class Crowd:
    """Answers only when so many requests are in flight; the most that were."""

    def __init__(self, wanted: int) -> None:
        self._all_there = Barrier(wanted)
        self.is_full = False

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        with suppress(BrokenBarrierError):
            self._all_there.wait(20)
            self.is_full = True
        saying(DRAFT)(handler)


def test_eight_jobs_keep_eight_requests_in_flight_for_eight_articles(
    server: Server, pressmark: Pressmark, corpus: Path
) -> None:
    server.answer = crowd = Crowd(8)

    ran = pressmark("annotate", corpus, "--llm", "tiny", "--jobs", 8)

    assert (0, 8, True, 8) == (ran.code, len(server.asked), crowd.is_full, server.connections)


def test_a_slow_answer_stops_no_others_and_the_order_stays(
    server: Server, pressmark: Pressmark, corpus: Path, tmp_path: Path
) -> None:
    others = Event()

    def answer(handler: Any) -> None:
        if "No 0." in handler.article:
            assert others.wait(20)
        elif len(server.asked) == 8:
            others.set()
        saying(DRAFT)(handler)

    server.answer = answer
    ran = pressmark("annotate", corpus, "--llm", "tiny", "--jobs", 2, "--output", tmp_path / "out.jsonl")

    records = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert 0 == ran.code
    assert [f"a{number}" for number in range(8)] == [json.loads(line)["id"] for line in records]


def test_the_limit_stops_after_so_many_articles(server: Server, pressmark: Pressmark, corpus: Path) -> None:
    ran = pressmark("annotate", corpus, "--llm", "tiny", "--limit", 3, "--jobs", 8)

    assert (0, 3, ["a0.json", "a1.json", "a2.json"]) == (ran.code, len(server.asked), sorted(made(corpus)))


def test_articles_that_fail_leave_the_others_and_the_exit_code_is_1(server: Server, pressmark: Pressmark, corpus: Path) -> None:
    def answer(handler: Any) -> None:
        said = {"3": sending(b"no", 401), "5": saying("Sorry.")}.get(handler.article[-3], usage(DRAFT))
        said(handler)

    server.answer = answer
    ran = pressmark("annotate", corpus, "--llm", "tiny")

    assert (1, 6) == (ran.code, len(made(corpus)))
    assert "7 new answers (600 tokens in" in ran.err
    assert "2 of 8 articles failed:\n  a3\n  a5\n" in ran.err

    server.answer = usage(DRAFT)
    assert 0 == pressmark("annotate", corpus, "--llm", "tiny").code
    assert (8, 10) == (len(made(corpus)), len(server.asked))


def test_why_an_article_has_no_proposals_is_told(server: Server, pressmark: Pressmark, corpus: Path) -> None:
    server.answer = sending(b"<html>")

    ran = pressmark("annotate", corpus, "--llm", "tiny", "--limit", 1)

    assert 1 == ran.code
    assert "a0: llm:tiny: the answer is no chat completion (not JSON: " in ran.err
    assert "is OPENAI_BASE_URL right?" in ran.err


def test_the_cost_is_that_of_the_new_answers(server: Server, pressmark: Pressmark, corpus: Path) -> None:
    server.answer = usage(DRAFT, 1_000_000, 50_000)

    first = pressmark("annotate", corpus, "--llm", "tiny", "--price", "0.15,0.6", "--limit", 1)
    shutil.rmtree(corpus / "annotations")
    again = pressmark("annotate", corpus, "--llm", "tiny", "--price", "0.15,0.6", "--limit", 1)

    spent = "1,000,000 tokens in and 50,000 out, which cost 0.1800 at 0.15 and 0.6 a million"
    assert f"pressmark: 1 new answer ({spent}), 0 kept answers used again at no cost\n" == first.err
    assert "pressmark: no new answers, 1 kept answer used again at no cost\n" == again.err


def test_answers_that_nobody_counted_are_named(server: Server, pressmark: Pressmark, corpus: Path) -> None:
    def answer(handler: Any) -> None:
        (usage(DRAFT) if len(server.asked) > 2 else saying(DRAFT))(handler)

    server.answer = answer
    ran = pressmark("annotate", corpus, "--llm", "tiny", "--price", "1,2")

    assert "8 new answers (600 tokens in and 60 out, which cost 0.0007 at 1 and 2 a million, tokens of 2 not counted" in ran.err


@pytest.mark.parametrize("price", [" ", "1", "1,2,3", "a,b", "-1,2", "nan,1", "1,inf", "1e308,1e308", "\x1b[2J,1"])
def test_a_price_that_is_none_is_refused(pressmark: Pressmark, corpus: Path, price: str) -> None:
    ran = pressmark("annotate", corpus, "--llm", "tiny", "--price", price)

    assert (2, True) == (ran.code, ran.err.strip().isprintable())
    assert "such as 0.15,0.60" in ran.err


@pytest.mark.parametrize(
    ("options", "models"), [([], "none"), (["--llm", "one", "--claims", "llm:two"], "2"), (["--claims", "rules"], "none")]
)
def test_a_price_is_of_one_model(pressmark: Pressmark, corpus: Path, options: list[str], models: str) -> None:
    ran = pressmark("annotate", corpus, "--price", "1,2", *options)

    assert (2, True) == (ran.code, f"one chat model, and {models} are asked" in ran.err)


def test_ctrl_c_keeps_the_answers_that_are_there(server: Server, corpus: Path) -> None:
    stuck = Event()

    def answer(handler: Any) -> None:
        if "No 0." in handler.article:
            stuck.wait(30)
        saying(DRAFT)(handler)

    server.answer = answer
    program = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from pressmark.cli import main; main()"
    command = [sys.executable, "-c", program, "annotate", str(corpus), "--llm", "tiny", "--jobs", "2"]
    kept = corpus / ".pressmark/answers"
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as ran:
        while ran.poll() is None and len(list(kept.glob("*.json"))) < 6:
            time.sleep(0.02)
        ran.send_signal(signal.SIGINT)
        _, told = ran.communicate(timeout=30)
    stuck.set()

    assert (130, True) == (ran.returncode, "Traceback" not in told)
    assert len(list(kept.glob("*.json"))) >= 6
    assert not (corpus / "annotations").exists()  # in order: the first article had no answer


def annotated(pressmark: Pressmark, tmp_path: Path, *options: str) -> Any:
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    ran = pressmark("annotate", tmp_path / "news.txt", *options)
    assert 0 == ran.code, ran.err
    return json.loads(ran.out)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_can_be_left_to_a_chat_model(server: Server, pressmark: Pressmark, tmp_path: Path, layer: str) -> None:
    record = annotated(pressmark, tmp_path, f"--{layer}", "llm:tiny")

    signed = {one: {item["annotator"] for item in record[one]} for one in LAYERS}
    assert {one: {"llm"} if one == layer else signed[one] - {"llm"} for one in LAYERS} == signed
    assert all(signed.values())
    assert f"Only these lists are wanted: {layer}." in server.asked[0][2]["messages"][0]["content"]
    assert 1 == len(server.asked)


def test_a_source_is_the_entity_at_its_place_and_a_claim_belongs_to_the_quote_around_it(
    server: Server, pressmark: Pressmark, tmp_path: Path
) -> None:
    server.answer = saying(DRAFT | {"claims": [DRAFT["claims"][0] | {"quote": "q7"}]})

    spoken = annotated(pressmark, tmp_path, "--quotes", "llm:tiny")
    claimed = annotated(pressmark, tmp_path, "--claims", "llm:tiny")

    lee = next(entity["id"] for entity in spoken["entities"] if entity["name"] == "Ann Lee")
    assert lee == spoken["quotes"][0]["sources"][0]["entity"]
    assert claimed["quotes"][0]["id"] == claimed["claims"][0]["quote"]


def test_layers_of_one_model_are_one_request_and_other_options_win(
    server: Server, pressmark: Pressmark, tmp_path: Path
) -> None:
    record = annotated(pressmark, tmp_path, "--llm", "tiny", "--claims", "none")

    assert ["tiny"] == [body["model"] for _, _, body in server.asked]
    assert ("silver", "silver", "none") == tuple(record["layers"][layer] for layer in LAYERS)


def test_several_models_are_asked_in_the_order_of_the_layers(server: Server, pressmark: Pressmark, tmp_path: Path) -> None:
    annotated(pressmark, tmp_path, "--entities", "llm:one", "--quotes", "llm:two", "--claims", "llm:two")

    assert ["one", "two"] == [body["model"] for _, _, body in server.asked]


@pytest.mark.parametrize("text", ["", "a", "word " * 9000, "x" * 30_000, "One line.\n" * 3000, f"{'Long. ' * 300}\n\n" * 20])
def test_pieces_have_each_character_once_and_read_some_around_them(text: str) -> None:
    found = pieces(text)

    assert text == "".join(text[piece.start : piece.end] for piece in found)
    assert all(piece.end - piece.start <= LONGEST for piece in found)
    assert all(piece.first < piece.start or not piece.start for piece in found)
    assert all(piece.last > piece.end or piece.end == len(text) for piece in found)
    assert all(text[piece.end - 1] == "\n" for piece in found[:-1]) or "\n" not in text


def answering_each_quote(handler: Any) -> None:
    """A draft of what the model was given: each quote, its speaker and its claim, with ids that count from 1 in each piece."""
    said = re.findall(r"“Point (\d+) stands,” (\w+ Lee) said", handler.article)
    entities = [
        {"id": f"e{i}", "label": "PERSON", "name": name, "mentions": [{"text": name, "level": "name"}] * count}
        for i, (name, count) in enumerate(Counter(name for _, name in said).items(), 1)
    ]
    ids = {entity["name"]: entity["id"] for entity in entities}
    quotes = [
        DRAFT["quotes"][0]
        | {
            "id": f"q{i}",
            "content": [f"“Point {number} stands,”"],
            "verbatim": [f"Point {number} stands,"],
            "sources": [{"text": name, "entity": ids[name], "role": "originator"}],
        }
        for i, (number, name) in enumerate(said, 1)
    ]
    claims = [
        DRAFT["claims"][0]
        | {"id": f"c{i}", "content": [f"Point {number} stands"], "proposition": f"Point {number} stands.", "quote": f"q{i}"}
        | {"about": [ids[name]]}
        for i, (number, name) in enumerate(said, 1)
    ]
    saying({"entities": entities, "quotes": quotes, "claims": claims})(handler)


def test_a_long_article_is_asked_about_in_pieces_and_everything_is_there_once(server: Server) -> None:
    speakers = ["Ann Lee" if number % 3 else "Bob Lee" for number in range(300)]
    long = "\n".join(f"“Point {number} stands,” {name} said in Japan." for number, name in enumerate(speakers))
    server.answer = answering_each_quote

    notes: list[str] = []
    made = chat(article(f"{long}\n"), "tiny", ALL, notes.append, Answers())

    assert [] == notes
    assert len(server.asked) == len(pieces(long)) > 2
    assert {("Bob Lee", 100), ("Ann Lee", 200)} == {(one.name, len(one.mentions)) for one in made.entities}
    names = {entity.id: entity.name for entity in made.entities}
    assert speakers == [names[quote.sources[0].entity or ""] for quote in made.quotes]
    assert [f"“Point {number} stands,”" for number in range(300)] == [quote.content[0].text for quote in made.quotes]
    assert [f"Point {number} stands." for number in range(300)] == [claim.proposition for claim in made.claims]
    contents = {quote.id: quote.content[0] for quote in made.quotes}
    assert all(contents[claim.quote or ""].holds(claim.content[0]) for claim in made.claims)


def ranges(value: Any) -> Iterator[tuple[int, int]]:
    """The offsets of all spans in an item of a record."""
    if isinstance(value, dict) and "start" in value:
        yield value["start"], value["end"]
    elif isinstance(value, dict | list | tuple):
        for child in value.values() if isinstance(value, dict) else value:
            yield from ranges(child)


def draft_of(record: Any, piece: Piece) -> dict[str, Any]:
    """What a perfect model would write about a piece: the gold in it, without numbers."""

    def within(item: Any) -> bool:
        return all(piece.first <= start and end <= piece.last for start, end in ranges(item))

    quotes = [quote for quote in record["quotes"] if within(quote)]
    known = {None, *(quote["id"] for quote in quotes)}
    claims = [claim for claim in record["claims"] if within(claim) and claim["quote"] in known]
    entities = [
        entity | {"mentions": sorted((one for one in entity["mentions"] if within(one)), key=lambda one: one["start"])}
        for entity in record["entities"]
    ]
    mentioned = [entity for entity in entities if entity["mentions"]]
    draft: dict[str, Any] = bare({"entities": mentioned, "quotes": quotes, "claims": claims}, str)
    return draft


def meant(one: Article) -> tuple[set[Any], ...]:
    """What an article says, whatever the ids: mentions, quotes with their speakers, claims with their quotes."""
    names = {entity.id: (entity.label, entity.name) for entity in one.entities}
    contents = {quote.id: quote.content for quote in one.quotes}
    sources = [[(source.range, names.get(source.entity or "")) for source in quote.sources] for quote in one.quotes]
    return (
        {(entity.label, mention) for entity in one.entities for mention in entity.mentions},
        {(quote.content, *spoken) for quote, spoken in zip(one.quotes, sources, strict=True)},
        {(claim.content, claim.proposition, contents.get(claim.quote or "")) for claim in one.claims},
    )


def test_the_gold_survives_being_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressmark.annotators.chat.pieces.LONGEST", 1000)
    monkeypatch.setattr("pressmark.annotators.chat.pieces._AROUND", 400)
    for one in articles_in(ROOT):
        notes: list[str] = []
        record = msgspec.to_builtins(one)
        parts = []
        for piece in pieces(one.text):
            part = cut(one, piece)
            draft = aligned(draft_of(record, piece), part)
            parts.append((piece, anchored(draft, part, one.annotators[0].id, notes.append)))

        made = applied(one, joined(parts, notes.append), ALL, notes.append)

        assert 3 == len(parts)
        assert [] == notes
        assert meant(one) == meant(made)
        assert len(one.entities) == len(made.entities)


def test_a_piece_without_an_answer_costs_only_itself_when_the_article_is_asked_about_again(
    server: Server, tmp_path: Path
) -> None:
    long = article("".join(f"“Point {number} stands,” Ann Lee said.\n" for number in range(200)))

    def answer(handler: Any) -> None:
        (saying("Sorry.") if len(server.asked) == 2 else answering_each_quote)(handler)

    server.answer = answer
    notes: list[str] = []

    with pytest.raises(UnansweredError, match=r"llm:tiny about piece 2 of 2: it wrote 'Sorry\.'"):
        chat(long, "tiny", ALL, notes.append, Answers(tmp_path))
    before = len(server.asked)
    made = chat(long, "tiny", ALL, notes.append, Answers(tmp_path))

    assert [] == notes
    assert (2, 2 + 1, 200) == (before, len(server.asked), len(made.quotes))


@pytest.mark.usefixtures("server")
def test_threads_of_a_chat_model_share_one_tagger_and_use_it_one_after_the_other(
    pressmark: Pressmark, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, most = [], []

    def tagged(one: Article) -> Article:
        inside.append(one.id)
        most.append(len(inside))
        time.sleep(0.02)  # the others may come
        inside.remove(one.id)
        return entities(one)

    monkeypatch.setattr("pressmark.annotators.taggers.spacy", lambda _: tagged)
    ran = pressmark("annotate", corpus, "--entities", "spacy:tiny", "--quotes", "llm:tiny", "--jobs", 8)

    assert (0, [1] * 8) == (ran.code, most)


def test_without_an_address_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)

    assert "OPENAI_BASE_URL" in fails()
