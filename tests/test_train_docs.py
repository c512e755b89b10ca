"""Every block of ``docs/train.md`` runs, with a tiny model that is made here."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest

from conftest import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

PAGE = CHECKOUT / "docs/train.md"
_BLOCK = re.compile(r"```(python|sh)\n(.*?)```", re.DOTALL)
INSTALL = "pip install"
UNKNOWN = "[UNK]"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A BERT of 32 dimensions without training, and a tokenizer made from the seeds."""
    transformers = pytest.importorskip("transformers")
    pytest.importorskip("torch")
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

    pieces = Tokenizer(models.WordPiece(unk_token=UNKNOWN))
    pieces.normalizer = normalizers.NFC()
    pieces.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", UNKNOWN, "[CLS]", "[SEP]", "[MASK]"]
    trainer = trainers.WordPieceTrainer(vocab_size=2000, special_tokens=special)
    pieces.train([str(path) for path in (CHECKOUT / "seeds").glob("*.txt")], trainer)
    pieces.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    named = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), special, strict=True))
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=pieces, model_max_length=128, **named)
    config = transformers.BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=128,
        max_position_embeddings=128,
        hidden_dropout_prob=0.0,
    )
    transformers.set_seed(0)
    transformers.BertModel(config).save_pretrained(tmp_path / "tiny")
    tokenizer.save_pretrained(tmp_path / "tiny")
    return tmp_path / "tiny"


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_every_block_of_the_page_runs(
    project: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch, pressmark: Callable[..., Ran]
) -> None:
    monkeypatch.chdir(project)
    known = "distilbert/distilbert-base-cased"
    blocks = _BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert ["sh", "python", "python", "sh", "sh"] == [kind for kind, _ in blocks]
    names: dict[str, object] = {}
    said = ""
    for kind, block in blocks:
        if kind == "python":
            # Large steps and many rounds, because the model begins from nothing.
            changed = block.replace(f'"{known}", 3', f'"{tiny}", 40').replace("lr=5e-5", "lr=3e-3")
            assert changed != block
            exec(compile(changed, str(PAGE), "exec"), names)  # noqa: S102 - the page's own code
        elif not block.startswith(INSTALL):
            for name, *arguments in map(shlex.split, block.splitlines()):
                if name == "pressmark":
                    ran = pressmark(*arguments)
                    assert 0 == ran.code, ran.err
                    said = ran.out
                else:
                    subprocess.run([name, *arguments], check=True)  # mkdir and cp

    made = [json.loads(line) for line in (project / "predicted.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(record["quotes"] and record["claims"] and record["entities"] for record in made)
    for record in made:
        signed = {one["id"]: one["name"] for one in record["annotators"]}
        layers = [{signed[item["annotator"]] for item in record[layer]} for layer in ("entities", "quotes", "claims")]
        assert [{f"Hugging Face {name}-model"} for name in ("entity", "quote", "claim")] == layers
    assert "quotes" in said
