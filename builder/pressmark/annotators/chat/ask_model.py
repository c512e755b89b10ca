"""Proposes entities, quotes and claims by asking a chat model behind an OpenAI-compatible endpoint.

The model is asked for a *draft*, which quotes the text instead of counting characters. pressmark, not the model, writes the
annotator and how far each layer is.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pressmark.annotators.chat.align import aligned
from pressmark.annotators.chat.answer import anchored, applied, draft_in
from pressmark.annotators.chat.endpoint import EndpointError, Limits, RefusedError, post
from pressmark.annotators.chat.pieces import cut, joined, pieces
from pressmark.annotators.chat.prompt import LAYERS, instructions
from pressmark.annotators.errors import UnansweredError, UnavailableError
from pressmark.project.signature import sign
from pressmark.record.model import Annotator
from pressmark.segment import segment

if TYPE_CHECKING:
    from pressmark.annotators.chat.answer import Report
    from pressmark.annotators.chat.answers import Answers
    from pressmark.annotators.chat.pieces import Piece
    from pressmark.record.model import Article


def endpoint() -> str:
    """The address of the endpoint.

    Raises:
        UnavailableError: none is set.
    """
    if base := os.environ.get("OPENAI_BASE_URL"):
        return base
    raise UnavailableError(
        "a chat model needs an endpoint; set OPENAI_BASE_URL (and OPENAI_API_KEY), for example to http://localhost:8000/v1"
    )


def _ask(url: str, body: dict[str, Any], limits: Limits) -> bytes:
    """Asks again without what the server does not know: some models take no temperature, some servers no form of answers."""
    key = os.environ.get("OPENAI_API_KEY")
    while True:
        try:
            return post(url, key, body, limits)
        except RefusedError as error:
            unknown = [field for field in ("temperature", "response_format") if field in body and field in str(error)]
            if not unknown:
                raise
            body = {name: value for name, value in body.items() if name not in unknown}


def chat(article: Article, model: str, free: set[str], report: Report, answers: Answers) -> Article:
    """Fill the ``free`` layers with the model's proposals. If an answer is unusable, report it and change nothing.

    A long article is several requests.

    Raises:
        UnansweredError: it cannot be reached, or gives no answer.
        UnavailableError: no endpoint is set.
    """
    told = instructions(tuple(layer for layer in LAYERS if layer in free))
    signed, signature = sign(article, Annotator("llm", "model", "annotator", model, None))
    whole = segment(signed)
    parts: list[tuple[Piece, dict[str, list[Any]]]] = []
    for piece in (several := pieces(whole.text)):
        part = cut(whole, piece)
        try:
            draft = _draft(part.text, model, told, answers, report)
        except EndpointError as error:
            raise UnansweredError(f"llm:{model}: {error}") from None
        except ValueError as error:
            where = f" about piece {len(parts) + 1} of {len(several)}" if len(several) > 1 else ""
            report(f"{article.id}: llm:{model}{where}: {error}; nothing is proposed")
            return article
        parts.append((piece, anchored(aligned(draft, part), part, signature, report)))
    return applied(signed, joined(parts, report), free, report)


def _draft(text: str, model: str, told: str, answers: Answers, report: Report) -> dict[str, Any]:
    """The draft of an answer that was kept, or of a new one, which is kept if it is usable."""
    base = endpoint()
    body = {
        "model": model,
        "temperature": 0,
        "response_format": {"type": "json_object"},
        "messages": [{"role": "system", "content": told}, {"role": "user", "content": text}],
    }
    if kept := answers.kept(body):
        with suppress(ValueError):  # somebody changed it
            draft = draft_in(kept)
            answers.used()
            return draft
    answer = _ask(f"{base.rstrip('/')}/chat/completions", body, answers.limits)
    answers.paid(answer)
    draft = draft_in(answer)
    answers.keep(body, answer, report)
    return draft
