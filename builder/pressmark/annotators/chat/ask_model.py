"""Proposes entities, quotes and claims by asking a chat model behind an OpenAI-compatible endpoint.

The model is asked for a *draft*, which quotes the text instead of counting characters. pressmark, not the model, writes the
annotator and how far each layer is.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pressmark.annotators.chat.align import aligned
from pressmark.annotators.chat.answer import anchored, applied, bounded, draft_in
from pressmark.annotators.chat.connections import EndpointError, connections
from pressmark.annotators.chat.endpoint import Limits, RefusedError, post, server_of, signed
from pressmark.annotators.chat.pieces import cut, joined, pieces
from pressmark.annotators.chat.prompt import LAYERS, answer_form, instructions
from pressmark.annotators.errors import UnansweredError, UnavailableError
from pressmark.project.signature import sign
from pressmark.record.model import Annotator
from pressmark.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressmark.annotators.chat.answer import Report
    from pressmark.annotators.chat.answers import Answers
    from pressmark.annotators.chat.pieces import Piece
    from pressmark.record.model import Article


_TOLD = 100  # lines about what is left out of the answers about one article
_FORM = re.compile("response.?format|json.?(schema|object)|structured|guided|grammar", re.IGNORECASE)
_REFUSED: dict[tuple[str, str], set[str]] = {}  # by address and model, so that a run is refused once, not once an article


def endpoint() -> str:
    """The address of the endpoint.

    Raises:
        UnavailableError: none is set, it or the key cannot be used, or the client is not installed.
    """
    connections()
    base = os.environ.get("OPENAI_BASE_URL")
    if not base:
        raise UnavailableError(
            "a chat model needs an endpoint; set OPENAI_BASE_URL (and OPENAI_API_KEY), for example to http://localhost:8000/v1"
        )
    try:
        server_of(base)
        signed(os.environ.get("OPENAI_API_KEY"))
    except EndpointError as error:
        raise UnavailableError(f"OPENAI_BASE_URL or OPENAI_API_KEY: {error}") from None
    return base


def _ask(url: str, body: dict[str, Any], form: dict[str, Any], limits: Limits) -> bytes:
    """Ask for an answer of that form, and again without what the server does not take: the schema, JSON, the temperature."""
    refused = _REFUSED.setdefault((url, body["model"]), set())
    while True:
        taken = next((one for one in (form, body["response_format"]) if one["type"] not in refused), None)
        sent = {
            name: value
            for name, value in (body | {"response_format": taken}).items()
            if value is not None and name not in refused
        }
        try:
            return post(url, os.environ.get("OPENAI_API_KEY"), sent, limits)
        except RefusedError as error:
            unknown = {"temperature"} if "temperature" in sent and "temperature" in error.said else set()
            if taken and _FORM.search(error.said):
                unknown.add(taken["type"])
            if not unknown:
                raise
            refused |= unknown


def chat(article: Article, model: str, free: set[str], report: Report, answers: Answers) -> Article:
    """Fill the ``free`` layers with the model's proposals. Report what is left out, in at most `_TOLD` lines.

    A long article is several requests.

    Raises:
        UnansweredError: it cannot be reached, or an answer is unusable.
        UnavailableError: no endpoint is set, or the client is not installed.
    """
    ours, signature = sign(article, Annotator("llm", "model", "annotator", model, None))
    notes: list[str] = []
    parts = _parts(segment(ours), model, tuple(layer for layer in LAYERS if layer in free), answers, notes.append)
    drafts = [(piece, anchored(aligned(draft, part), part, signature, notes.append)) for piece, part, draft in parts]
    made = applied(ours, joined(drafts, notes.append), free, notes.append)
    for note in notes[:_TOLD]:
        report(note)
    if len(notes) > _TOLD:
        report(f"{article.id}: llm:{model}: {len(notes) - _TOLD:,} more such lines are not shown")
    return made


def _parts(
    whole: Article, model: str, layers: tuple[str, ...], answers: Answers, report: Report
) -> Iterator[tuple[Piece, Article, dict[str, Any]]]:
    """Each piece of an article, as the model reads it, and the draft about it."""
    several = pieces(whole.text)
    for number, piece in enumerate(several, 1):
        part = cut(whole, piece)
        where = f" about piece {number} of {len(several)}" if len(several) > 1 else ""
        try:
            draft = _draft(part.text, model, layers, answers, report)
        except EndpointError as error:
            raise UnansweredError(f"llm:{model}{where}: {error}") from None
        except ValueError as error:
            raise UnansweredError(f"llm:{model}{where}: {error}; nothing is proposed") from None
        yield piece, part, bounded(draft, f"{whole.id}: llm:{model}{where}", report)


def _draft(text: str, model: str, layers: tuple[str, ...], answers: Answers, report: Report) -> dict[str, Any]:
    """The draft of an answer that was kept, or of a new one, which is kept if it is usable."""
    base = endpoint()
    body = {
        "model": model,
        "temperature": 0,
        "response_format": {"type": "json_object"},
        "messages": [{"role": "system", "content": instructions(layers)}, {"role": "user", "content": text}],
    }
    if kept := answers.kept(body):
        with suppress(ValueError):  # somebody changed it
            draft = draft_in(kept)
            answers.used()
            return draft
    answer = _ask(f"{base.rstrip('/')}/chat/completions", body, answer_form(layers), answers.limits)
    answers.paid(answer)
    draft = draft_in(answer)
    answers.keep(body, answer, report)
    return draft
