"""pressmark publish: uploads a dataset to the Hugging Face Hub."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from pressmark.cli.console import DATA, ENVIRONMENT, USAGE, Project, app, fail, need_folder, talk
from pressmark.record.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressmark.publish.hub import Plan
    from pressmark.record.issue import Issue

_NAMED = 3  # articles that a message names


@app.command()
def publish(  # noqa: PLR0913 - the options of a command
    repo: Annotated[str, typer.Argument(help="The dataset on the Hub: USER/NAME or ORGANISATION/NAME.")],
    project: Project = Path(),
    *,
    private: Annotated[bool, typer.Option("--private", help="A new dataset can be seen only by its owners.")] = False,
    tag: Annotated[str | None, typer.Option(help="Tag the commit, such as v1.0.0; the card states the same version.")] = None,
    message: Annotated[str, typer.Option(help="The message of the commit.")] = "Publish with pressmark",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be uploaded, and upload nothing.")] = False,
    with_third_party_text: Annotated[
        bool,
        typer.Option("--with-third-party-text", help="Publish texts without an open licence too, because you may."),
    ] = False,
) -> None:
    """Publish a project's dataset on the Hugging Face Hub, in one commit with what changed.

    First data/ is verified, and compared with what the project builds. If an article has no open licence, the edition without
    text is published. The token is HF_TOKEN, or the one that `hf auth login` stored.
    """
    from pressmark.publish import hub
    from pressmark.publish.build import DATA as BUILT
    from pressmark.publish.edition import EDITION, make_edition

    need_folder(project)
    if not hub.is_name(repo):
        fail(f"{repo}: not the name of a dataset; write USER/NAME or ORGANISATION/NAME", USAGE)
    if tag == "":
        fail("--tag is empty; write a tag such as v1.0.0", USAGE)
    _ready(project, tag)
    held_back = [] if with_third_party_text else _closed(project)
    with TemporaryDirectory(prefix="pressmark-") as folder:
        data = project / BUILT
        if held_back:
            make_edition(project, Path(folder))
            data = Path(folder) / EDITION
        try:
            made = hub.plan(repo, data)
            _show(made, tag)
            if not dry_run:
                _publish(made, data, message, tag, private=private)
        except hub.TheirsError as error:
            for name in map(str, error.args):
                talk(f"{visible(name)}: pressmark did not write it, or somebody changed it on the Hub")
            fail(f"{repo}: nothing was uploaded; take the changes over into the project, or remove the files there", DATA)
        except hub.HubError as error:
            fail(str(error), ENVIRONMENT)


def _ready(project: Path, tag: str | None) -> None:
    """Exits with DATA if the dataset is not whole, or not what the project builds."""
    from pressmark.publish.build import DATA as BUILT
    from pressmark.publish.check import check
    from pressmark.publish.data_version import version_issues
    from pressmark.publish.verify import verify

    if not (project / BUILT).is_dir():
        fail(f"{project}: there is no {BUILT}/; run: pressmark build", DATA)
    _stop(verify(project / BUILT), f"{project / BUILT} is not whole, so nothing was uploaded")
    _stop(check(project), f"{project / BUILT} is not what the project builds, so nothing was uploaded; run: pressmark build")
    _stop(version_issues(project, tag), "the versions do not agree, so nothing was uploaded")


def _stop(issues: "Iterable[Issue]", why: str) -> None:
    found = [str(issue) for issue in issues]
    for issue in found:
        talk(issue)
    if found:
        fail(why, DATA)


def _closed(project: Path) -> list[str]:
    """The articles that may not be passed on; says so."""
    from pressmark.annotators.inputs import articles_in
    from pressmark.project.articles import dataset_records
    from pressmark.publish.build import DATA as BUILT
    from pressmark.publish.licences import closed

    found = closed(article for path in dataset_records(project / BUILT) for article in articles_in(path))
    if found:
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        talk(f"no open licence: {visible(', '.join(found[:_NAMED]))}{more}, so the edition without text is published.")
        talk("If you may publish the texts, use --with-third-party-text.")
    return found


def _show(made: "Plan", tag: str | None) -> None:
    if made.head is None:
        typer.echo(f"create    {made.repo}")
    for name in made.upload:
        typer.echo(f"upload    {visible(name)}")
    for name in made.delete:
        typer.echo(f"delete    {visible(name)}")
    if tag:
        typer.echo(f"tag       {visible(tag)}")
    typer.echo(
        f"{len(made.upload)} to upload ({made.size / 1000:,.0f} kB), {len(made.delete)} to delete, {made.unchanged} unchanged"
    )


def _publish(made: "Plan", data: Path, message: str, tag: str | None, *, private: bool) -> None:
    import sys

    from huggingface_hub.utils.tqdm import disable_progress_bars

    from pressmark.publish import hub

    if not sys.stderr.isatty():
        disable_progress_bars()
    if made.head is None:
        hub.create(made.repo, private=private)
    commit = made.head if made.head and made.is_empty else hub.upload(made, data, message)
    if tag and not hub.tag(made.repo, tag, commit):
        talk(f"the tag {tag} is there already")
    done = "the Hub has all of it already" if commit == made.head else f"commit {commit[:12]}"
    typer.echo(f"{made.repo}: {done}; load it with load_dataset({made.repo!r})")
