"""pressmark remove: takes an article out of a project."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from pressmark.cli.console import USAGE, Project, app, fail, need_folder, talk
from pressmark.record.text import visible


@app.command()
def remove(
    article: Annotated[str, typer.Argument(help="The id of the article.")],
    project: Project = Path(),
) -> None:
    """Take an article out of a project: its seed, annotation, metadata and relations. Then data/ is built anew.

    Use it when somebody has a right to have the article taken down.
    """
    from pressmark.project.remove import remove as remove_article
    from pressmark.publish.build import DATA, build
    from pressmark.publish.prepared import CACHE

    need_folder(project)
    removed = remove_article(project, article)
    if removed is None:
        fail(f"{article}: no such article in {project}; look into seeds/", USAGE)
    for name in removed.files:
        typer.echo(f"removed {visible(name)}")
    if removed.relations:
        typer.echo(f"removed {removed.relations} relation{'s' * (removed.relations > 1)}")
    for name in removed.left:
        talk(f"{visible(name)}: still names the article; correct or remove it yourself")
    if (project / CACHE).is_dir():
        shutil.rmtree(project / CACHE)  # nobody sees which file of it has the article's words
    if (project / DATA).is_dir():
        try:
            build(project)
        except BaseException:
            talk(f"{visible(str(project / DATA))} may still hold the article; mend what is wrong, and run pressmark build")
            raise
        typer.echo(f"built {visible(str(project / DATA))} without it")
    talk("Old commits still hold the article. In Git, rewrite the history, for example with git filter-repo.")
    talk("On the Hub, publish, run HfApi().super_squash_history(repo_id, repo_type='dataset'), and delete old tags.")
