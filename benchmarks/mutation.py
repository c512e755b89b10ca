"""Counts the mutants of ``validation/`` that the conformance cases kill: ``python benchmarks/mutation.py FOLDER [MODULE...]``.

Needs ``pip install cosmic-ray``. FOLDER gets a clone of the last commit, in which Cosmic Ray changes one place after another,
and a session for each module, such as ``level3_text.py``. A second run with the same FOLDER takes the cases of the last commit
and tests only the mutants that survived or are left.
"""

from __future__ import annotations

import ast
import sqlite3
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
CONFIG = ROOT / "benchmarks/mutation.toml"
VALIDATION = "builder/pressmark/validation"
CONDITIONS = (
    "ReplaceComparison",
    "AddNot",
    "ReplaceAnd",
    "ReplaceOr",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceTrue",
    "ReplaceFalse",
)
RESULTS = """select operator_name, start_pos_row, coalesce(test_outcome, 'PENDING'), output = 'timeout', diff
    from mutation_specs left join work_results using (job_id)
    where worker_outcome is not 'SKIPPED' order by start_pos_row, start_pos_col, operator_name"""


def unread(source: str) -> Iterator[tuple[int, int, int, int]]:
    """The places of annotations and their imports, which do not run: first line and column, last line and column."""
    for node in ast.walk(ast.parse(source)):
        found = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            found.append(node)
        for one in found:
            if one is not None:
                yield one.lineno, one.col_offset, one.end_lineno, one.end_col_offset


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a command that must succeed."""
    subprocess.run(command, cwd=cwd, check=True)  # noqa: S603


def prepare(clone: Path, module: str, session: Path) -> None:
    """Make the mutants of a module, and skip those that are left out."""
    text = CONFIG.read_text(encoding="utf-8").replace(f'"{VALIDATION}"', f'"{VALIDATION}/{module}"')
    config = session.with_suffix(".toml")
    config.write_text(text, encoding="utf-8")
    run("cosmic-ray", "init", config, session, cwd=clone)
    run("cr-filter-operators", session, config, cwd=clone)
    with sqlite3.connect(session) as database:
        for first, left, last, right in unread((clone / VALIDATION / module).read_text(encoding="utf-8")):
            database.execute(
                """insert or ignore into work_results (job_id, worker_outcome, output)
                select job_id, 'SKIPPED', 'annotation' from mutation_specs
                where (start_pos_row, start_pos_col) >= (?, ?) and (start_pos_row, start_pos_col) < (?, ?)""",
                (first, left, last, right),
            )


def report(module: str, session: Path) -> tuple[Counter[str], Counter[str]]:
    """Print the survivors of a module; count all its mutants, and those of conditions, by what became of them."""
    every, conditions = Counter[str](), Counter[str]()
    for operator, line, outcome, is_late, diff in sqlite3.connect(session).execute(RESULTS):
        became = "timeout" if is_late else outcome.lower()
        every[became] += 1
        name = operator.removeprefix("core/")
        if name.startswith(CONDITIONS):
            conditions[became] += 1
        if became == "survived":
            new = [text[1:].strip() for text in diff.splitlines() if text.startswith("+") and not text.startswith("+++")]
            print(f"{module}:{line} {name}: {' '.join(new)}")
    return every, conditions


def row(name: str, counts: Counter[str]) -> str:
    """One line of the table."""
    total, killed = counts.total(), counts["killed"] + counts["timeout"]
    share = f"{killed / total:.1%}" if total else "–"
    return f"| {name} | {total:,} | {counts['killed']:,} | {counts['timeout']:,} | {counts['survived']:,} | {share} |"


def session_of(folder: Path, module: str) -> Path:
    """The session of a module as it is in the clone, made or with its survivors to be tested again."""
    clone = folder / "pressmark"
    digest = sha256((clone / VALIDATION / module).read_bytes()).hexdigest()[:8]
    session = folder / f"{module.replace('/', '-')}-{digest}.sqlite"
    if session.exists():
        with sqlite3.connect(session) as database:
            database.execute("delete from work_results where test_outcome = 'SURVIVED'")
    else:
        prepare(clone, module, session)
    return session


def main(folder: Path, modules: list[str]) -> None:
    """Run what is left to run, then print all results."""
    clone = folder / "pressmark"
    if clone.exists():
        run("git", "pull", "--quiet", cwd=clone)
    else:
        run("git", "clone", "--quiet", ROOT, clone)
    tables: dict[str, dict[str, Counter[str]]] = {"all mutants": {}, "conditions": {}}
    for module in modules or sorted(str(path.relative_to(ROOT / VALIDATION)) for path in (ROOT / VALIDATION).rglob("*.py")):
        session = session_of(folder, module)
        run("cosmic-ray", "baseline", session.with_suffix(".toml"), cwd=clone)
        run("cosmic-ray", "exec", session.with_suffix(".toml"), session, cwd=clone)
        tables["all mutants"][module], tables["conditions"][module] = report(module, session)
    for title, rows in tables.items():
        print(f"\n| {title} | mutants | killed | timeout | survived | score |\n| --- | ---: | ---: | ---: | ---: | ---: |")
        for name, counts in rows.items():
            print(row(name, counts))
        print(row("total", sum(rows.values(), Counter())))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
