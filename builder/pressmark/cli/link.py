"""pressmark link: tells who is who across articles."""

from pathlib import Path

import typer

from pressmark.cli.console import Project, app, need_folder, talk
from pressmark.record.text import visible


@app.command()
def link(project: Project = Path()) -> None:
    """Link the people of all articles to people.csv, so that a person's words can be collected.

    It writes links.csv, which shows each person of an article, whom it may be, and why. Fill in the column choose: the id of a
    person, new or none. Run it again to apply that. A name alone never decides.
    """
    from pressmark.project.links import FILE
    from pressmark.project.links import link as link_people
    from pressmark.project.people import FILE as PEOPLE

    need_folder(project)
    done = link_people(project)
    if done.added:
        typer.echo(f"{visible(str(project / PEOPLE))}: {done.added} new")
    typer.echo(f"linked {done.linked}; {done.waiting} wait for a decision in {visible(str(project / FILE))}")
    for line in done.unused:
        talk(f"{visible(str(project / FILE))}:{line}: the article has no such entity any more; this choice is not used")
    if done.waiting:
        talk("Fill in its column choose: the id of a person, new or none. Then run pressmark link again.")
