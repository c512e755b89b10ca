"""Uploads a dataset folder to the Hugging Face Hub: one commit with what changed. What others changed there stays."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha1, sha256
from typing import TYPE_CHECKING, Any

from pressmark.publish import checksums

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATASET = "dataset"


class HubError(Exception):
    """The Hub did not do what was asked; the message says why, and what to do."""


class TheirsError(Exception):
    """Files on the Hub that pressmark did not write, or that somebody changed there, and that this upload would replace."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one commit will do. ``head`` is the commit that it builds on: None if there is no repository yet."""

    repo: str
    head: str | None
    upload: tuple[str, ...]
    delete: tuple[str, ...]
    unchanged: int
    size: int  # of the files to upload, in bytes

    @property
    def is_empty(self) -> bool:
        """Whether the Hub has all of it already."""
        return not self.upload and not self.delete


def is_name(repo: str) -> bool:
    """Whether a dataset on the Hub may have this name."""
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils import validate_repo_id  # type: ignore[attr-defined]  # it is in their documentation

    try:
        validate_repo_id(repo)
    except HFValidationError:
        return False
    return repo.count("/") == 1


def plan(repo: str, folder: Path) -> Plan:
    """Compares a folder with a dataset on the Hub.

    Raises:
        HubError: the Hub refuses, or cannot be reached.
        TheirsError: the upload would replace what pressmark did not write.
        OSError: a file of the folder cannot be read.
    """
    files = checksums.entries(folder)
    with _explained(repo):
        head = _head(repo)
        there = _tree(repo, head) if head else {}
    wanted = {name: _is_same(path, there.get(name)) for name, path in files.items()}
    upload = tuple(name for name, is_same in wanted.items() if not is_same)
    ours = _sums(repo, head) if head and checksums.SUMS in there else {}
    delete = tuple(name for name in there if name in ours and name not in files)
    _refuse_theirs(repo, head, [name for name in (*upload, *delete) if name in there and name != checksums.SUMS], ours)
    return Plan(repo, head, upload, delete, len(files) - len(upload), sum(files[name].stat().st_size for name in upload))


def _api() -> Any:
    from huggingface_hub import HfApi

    return HfApi(library_name="pressmark")


def _head(repo: str) -> str | None:
    from huggingface_hub.errors import RepositoryNotFoundError

    try:
        return str(_api().dataset_info(repo).sha)
    except RepositoryNotFoundError as error:
        if _status(error) == 404:
            return None
        raise


def _tree(repo: str, head: str) -> dict[str, Any]:
    found = _api().list_repo_tree(repo, recursive=True, revision=head, repo_type=DATASET)
    return {one.path: one for one in found if hasattr(one, "blob_id")}


def _is_same(path: Path, there: Any) -> bool:
    """Whether a file has the hash that the Hub gives: SHA-256 in Git LFS, else that of Git's blob."""
    if there is None or there.size != path.stat().st_size:
        return False
    if there.lfs is not None:
        return bool(there.lfs.sha256 == checksums.of_file(path))
    data = path.read_bytes()
    return bool(there.blob_id == sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest())


def _sums(repo: str, head: str) -> dict[str, str]:
    """The checksums of what pressmark uploaded last."""
    lines = (line.split("  ", 1) for line in _content(repo, head, checksums.SUMS).decode(errors="replace").splitlines())
    return {parts[1]: parts[0] for parts in lines if len(parts) == 2}


def _content(repo: str, head: str, name: str) -> bytes:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with _explained(repo), TemporaryDirectory(prefix="pressmark-") as folder:
        path = _api().hf_hub_download(repo, name, repo_type=DATASET, revision=head, local_dir=folder)
        return Path(path).read_bytes()


def _refuse_theirs(repo: str, head: str | None, names: list[str], ours: dict[str, str]) -> None:
    if head is None:
        return
    theirs = [name for name in names if name not in ours or sha256(_content(repo, head, name)).hexdigest() != ours[name]]
    if theirs:
        raise TheirsError(*theirs)


def create(repo: str, *, private: bool) -> None:
    """Makes the dataset repository.

    Raises:
        HubError: the Hub refuses, or cannot be reached.
    """
    with _explained(repo):
        _api().create_repo(repo, repo_type=DATASET, private=private, exist_ok=True)


def upload(made: Plan, folder: Path, message: str) -> str:
    """Uploads what the plan says, in one commit, and returns the commit.

    Raises:
        HubError: the Hub refuses, or cannot be reached; nothing was changed there.
        OSError: a file of the folder cannot be read.
    """
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete

    operations: list[Any] = [CommitOperationAdd(name, folder / name) for name in made.upload]
    operations += [CommitOperationDelete(name) for name in made.delete]
    with _explained(made.repo):
        head = made.head or _head(made.repo)
        done = _api().create_commit(made.repo, operations, commit_message=message, repo_type=DATASET, parent_commit=head)
    return str(done.oid)


def tag(repo: str, name: str, commit: str) -> bool:
    """Gives a commit a tag, and says whether it was new.

    Raises:
        HubError: the tag is at another commit already, or the Hub refuses, or cannot be reached.
    """
    with _explained(repo):
        tags = {one.name: one.target_commit for one in _api().list_repo_refs(repo, repo_type=DATASET).tags}
        if name in tags:
            if tags[name] == commit:
                return False
            raise HubError(f"{repo}: the tag {name} is at another commit, {tags[name][:12]}; choose a new version")
        _api().create_tag(repo, tag=name, revision=commit, repo_type=DATASET)
    return True


_SAID = {
    401: "the Hub does not know you; set HF_TOKEN, or run: hf auth login",
    403: "your token may not write to it; make one with write access at https://huggingface.co/settings/tokens",
    404: "there is no such dataset, or your token may not see it",
    409: "the Hub says that this exists already",
    412: "somebody else changed it at the same time; run the command again",
}


@contextmanager
def _explained(repo: str) -> Iterator[None]:
    """Turns what the Hub's client raises into one line, without the token."""
    from huggingface_hub.errors import HfHubHTTPError

    try:
        yield
    except HfHubHTTPError as error:
        status = _status(error)
        if status == 429:
            wait = error.response.headers.get("Retry-After")
            raise HubError(f"{repo}: too many requests; try again {f'in {wait} seconds' if wait else 'later'}") from None
        said = _SAID.get(status) or f"the Hub answered {status}: {error.server_message or 'without a reason'}"
        raise HubError(f"{repo}: {said}") from None
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in {"httpx", "httpx2", "httpcore", "requests"}:
            raise
        kind = "did not answer in time" if "Timeout" in type(error).__name__ else "cannot be reached"
        raise HubError(f"{repo}: the Hub {kind}; is the network up? Run the command again") from None


def _status(error: Any) -> int:
    return int(getattr(error.response, "status_code", 0))
