"""What is written about the data: the card, its front matter, the datasheet."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator

from pressmark.publish.card import BEGIN, END, FIELDS_BEGIN, FIELDS_END, split
from pressmark.publish.views import VIEWS
from pressmark.record import contract

ROOT = Path(__file__).parents[1]
CARD = (ROOT / "data/README.md").read_text(encoding="utf-8")

_NAMES = {"type": "array", "items": {"type": "string", "pattern": "^[A-Za-z0-9-]+$"}, "minItems": 1}
# The Hub's dataset card specification, as far as we use it (huggingface_hub, templates/datasetcard_template.md).
FRONT_MATTER = {
    "type": "object",
    "required": [
        "pretty_name",
        "language",
        "license",
        "license_name",
        "license_link",
        "annotations_creators",
        "tags",
        "configs",
    ],
    "properties": {
        "license": {"const": "other"},
        "license_link": {"type": "string", "pattern": "^https://"},
        "language": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]{2,3}$"}},
        "annotations_creators": {"const": ["machine-generated"]},
        "language_creators": {"items": {"enum": ["found", "crowdsourced", "expert-generated", "machine-generated", "other"]}},
        "multilinguality": {"items": {"enum": ["monolingual", "multilingual", "translation"]}},
        "size_categories": {"items": {"enum": ["n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M"]}, "maxItems": 1},
        "source_datasets": _NAMES,
        "task_categories": {"items": {"enum": ["token-classification", "text-classification", "text-retrieval"]}},
        "task_ids": _NAMES,
        "tags": _NAMES,
        "pretty_name": {"type": "string", "minLength": 1},
        "configs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["config_name", "description", "data_files"],
                "properties": {
                    "description": {"type": "string", "pattern": "\\(build [0-9a-f]{16}\\)$"},
                    "data_files": {
                        "items": {"required": ["split", "path"], "properties": {"split": {"const": "train"}}},
                        "minItems": 1,
                    },
                },
                "additionalProperties": False,
                "patternProperties": {"^(config_name|default)$": {}},
            },
        },
    },
    "not": {"required": ["dataset_info"]},  # features in the card would silently beat those in the Parquet files
}


def test_the_front_matter_is_what_the_hub_takes() -> None:
    front = yaml.safe_load(CARD.split("---\n")[1])

    Draft202012Validator(FRONT_MATTER).validate(front)
    assert [view.name for view in VIEWS] == [config["config_name"] for config in front["configs"]]
    assert [view.path("train") for view in VIEWS] == [config["data_files"][0]["path"] for config in front["configs"]]
    assert [True] == [config["default"] for config in front["configs"] if "default" in config]


def test_the_worked_example_runs(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", CARD, re.DOTALL)

    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert 0 == run.returncode, run.stderr
    assert "['O', 'B-PERSON', 'I-PERSON', 'B-NORP', 'I-NORP'] True" == run.stdout.splitlines()[0]
    for view in VIEWS[1:]:
        assert f'load_dataset(PATH, "{view.name}"' in code


def test_figures_stand_between_their_markers_once() -> None:
    count = len(list((ROOT / "seeds").rglob("*.txt")))
    for path in (ROOT / "data/README.md", ROOT / "DATASHEET.md"):
        text = path.read_text(encoding="utf-8")
        assert 1 == text.count(BEGIN) == text.count(END)
        assert f"| articles | {count} |" in text[text.index(BEGIN) : text.index(END)]


def test_the_first_screen_says_that_no_human_was_involved_and_what_gold_means() -> None:
    first = CARD.split("---\n", 2)[2].splitlines()[:15]

    assert any("No human annotated or reviewed" in line for line in first)
    assert any("`gold` means" in line for line in first)


def test_the_card_lists_every_column_of_every_view() -> None:
    fields = CARD[CARD.index(FIELDS_BEGIN) : CARD.index(FIELDS_END)].split("<details>")[1:]

    assert [list(view.columns()) for view in VIEWS] == [re.findall(r"^\| `(\w+)` \|", one, re.MULTILINE) for one in fields]


def test_the_licences_are_files_of_the_dataset() -> None:
    for name in ("LICENSE-annotations", "LICENSE-texts"):
        assert (ROOT / name).read_bytes() == (ROOT / "data" / name).read_bytes()
    assert "SPDX-License-Identifier: CC-BY-4.0" in (ROOT / "data/LICENSE-annotations").read_text(encoding="utf-8")
    assert "CC-BY-4.0" == yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["license"]


def test_no_human_is_invented() -> None:
    for path in (ROOT / "annotations").rglob("*.json"):
        assert '"human"' not in path.read_text(encoding="utf-8"), path


LABELLED: tuple[tuple[contract.Kind, str, str], ...] = (
    ("article", "entities/label", "entities/label"),
    ("article", "entities/mentions/level", "entities/mentions/level"),
    ("article", "quotes/type", "quotes/type"),
    ("article", "quotes/medium", "quotes/medium"),
    ("article", "quotes/act", "quotes/act"),
    ("article", "quotes/status", "quotes/status"),
    ("article", "quotes/sources/role", "quotes/sources/role"),
    ("article", "quotes/sources/type", "quotes/sources/type"),
    ("article", "claims/types", "claims/types"),
    ("article", "claims/checkworthiness", "claims/checkworthiness"),
    ("article", "claims/factuality", "claims/factuality"),
    ("article", "annotators/kind", "annotators/kind"),
    ("article", "annotators/role", "annotators/role"),
    ("article", "layers/zones", "layers"),
    ("relation", "type", "relation/type"),
    ("relation", "differs_in", "relation/differs_in"),
)


def test_the_guidelines_and_the_schema_define_every_label_alike() -> None:
    text = (ROOT / "schema/GUIDELINES.md").read_text(encoding="utf-8")
    sections = re.findall(r"^#### Labels: (\S+)\n((?:- \*\*.*\n(?:  .*\n)*)+)", text, re.MULTILINE)
    manual = {
        field: [
            (label, " ".join(meaning.split()))
            for label, meaning in re.findall(r"^- \*\*(\S+)\*\* — (.*(?:\n  .*)*)", body, re.MULTILINE)
        ]
        for field, body in sections
    }

    schema = {}
    for kind, path, field in LABELLED:
        node = contract.at(kind, path)
        node = node.get("items", node)
        schema[field] = list(zip((label or "null" for label in node["enum"]), node["enumDescriptions"], strict=True))
    assert schema == manual


def test_no_label_of_the_schema_is_left_undefined() -> None:
    def enums(node: dict[str, object]) -> int:
        children = [*node.get("properties", {}).values(), *([node["items"]] if "items" in node else [])]  # type: ignore[attr-defined]
        assert ("enum" in node) == ("enumDescriptions" in node)
        return ("enum" in node) + sum(map(enums, children))

    assert 19 == enums(contract.record("article"))  # the four layers share one definition
    assert 2 == enums(contract.record("relation"))


def test_a_card_without_front_matter_is_all_prose() -> None:
    assert ({}, "# Title\n") == split("# Title\n")
