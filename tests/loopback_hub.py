"""A small Hugging Face Hub on loopback: it keeps dataset repositories in memory and answers what the client asks."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha1 as _sha1
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN = "hf_loopback_secret"  # noqa: S105 - of this server only
sha1 = partial(_sha1, usedforsecurity=False)  # Git's hash
_BINARY = (".parquet", ".png")


@dataclass
class Commit:
    """The files of a repository at one time."""

    oid: str
    files: dict[str, bytes]
    message: str = ""


@dataclass
class Repository:
    commits: list[Commit]
    private: bool = False
    tags: dict[str, str] = field(default_factory=dict)

    def at(self, revision: str) -> Commit | None:
        oid = self.tags.get(revision, revision)
        return self.commits[-1] if oid == "main" else next((one for one in self.commits if one.oid == oid), None)


@dataclass
class Hub:
    """What tests look at: repositories by name, requests by kind, and what to answer instead (`fail`: path part → status)."""

    repositories: dict[str, Repository] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    fail: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    url: str = ""
    lock: Lock = field(default_factory=Lock)

    def create(self, name: str, *, private: bool = False) -> Repository:
        files = {".gitattributes": b"*.parquet filter=lfs diff=lfs merge=lfs -text\n"}
        made = Repository([Commit(_oid(name, files, None), files, "initial commit")], private)
        self.repositories[name] = made
        return made

    def commit(self, name: str, changes: dict[str, bytes | None], message: str = "") -> Commit:
        repository = self.repositories[name]
        files = {path: data for path, data in (repository.commits[-1].files | changes).items() if data is not None}
        made = Commit(_oid(name, files, repository.commits[-1].oid), files, message)
        repository.commits.append(made)
        return made

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"served": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _oid(name: str, files: dict[str, bytes], parent: str | None) -> str:
    content = json.dumps([name, parent, sorted((path, sha256(data).hexdigest()) for path, data in files.items())])
    return sha1(content.encode()).hexdigest()


def _is_lfs(path: str) -> bool:
    return path.endswith(_BINARY)


def _entry(path: str, data: bytes) -> dict[str, Any]:
    blob = sha1(b"blob %d\0" % len(data) + data).hexdigest()
    found: dict[str, Any] = {"type": "file", "path": path, "size": len(data), "oid": blob}
    if _is_lfs(path):
        found["lfs"] = {"oid": sha256(data).hexdigest(), "size": len(data), "pointerSize": 134}
    return found


def _directory(path: str) -> dict[str, Any]:
    return {"type": "directory", "path": path, "size": 0, "oid": sha1(path.encode()).hexdigest()}


class _Handler(BaseHTTPRequestHandler):
    served: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._answer("GET")

    def do_HEAD(self) -> None:
        self._answer("HEAD")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_PUT(self) -> None:
        self._answer("PUT")

    def _answer(self, method: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = unquote(urlsplit(self.path).path)
        with self.served.lock:
            for part, (status, headers) in self.served.fail.items():
                if part in f"{method} {path}":
                    self._send(status, json.dumps({"error": "refused"}).encode(), headers)
                    return
            self._route(method, path, body)

    def _route(self, method: str, path: str, body: bytes) -> None:
        routes: list[tuple[str, str, Callable[..., None]]] = [
            ("POST", r"/api/repos/create", self._create),
            ("GET", r"/api/whoami-v2", self._whoami),
            ("POST", r"/api/validate-yaml", self._validate_yaml),
            ("GET", r"/api/datasets/([^/]+/[^/]+)", self._info),
            ("GET", r"/api/datasets/([^/]+/[^/]+)/revision/(.+)", self._info),
            ("GET", r"/api/datasets/([^/]+/[^/]+)/refs", self._refs),
            ("GET", r"/api/datasets/([^/]+/[^/]+)/tree/([^/]+)/?(.*)", self._tree),
            ("POST", r"/api/datasets/([^/]+/[^/]+)/paths-info/(.+)", self._paths),
            ("POST", r"/api/datasets/([^/]+/[^/]+)/preupload/(.+)", self._preupload),
            ("POST", r"/api/datasets/([^/]+/[^/]+)/commit/(.+)", self._commit),
            ("POST", r"/api/datasets/([^/]+/[^/]+)/tag/(.+)", self._tag),
            ("POST", r"/datasets/([^/]+/[^/]+)\.git/info/lfs/objects/batch", self._batch),
            ("PUT", r"/lfs/([0-9a-f]{64})", self._put),
            ("HEAD", r"/datasets/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", self._resolve),
            ("GET", r"/datasets/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", self._resolve),
        ]
        for wanted, pattern, answer in routes:
            if wanted == method and (match := re.fullmatch(pattern, path)):
                self.served.asked[answer.__name__.strip("_")] += 1
                answer(body, *match.groups())
                return
        self.served.asked[f"unknown: {method} {path}"] += 1
        self._error(404, "EntryNotFound")

    def _repository(self, name: str, revision: str = "main") -> tuple[Repository, Commit] | None:
        found = self.served.repositories.get(name)
        if found is None or (found.private and not self._knows()):
            self._error(404 if self._knows() else 401, "RepoNotFound")
            return None
        commit = found.at(revision)
        if commit is None:
            self._error(404, "RevisionNotFound")
            return None
        return found, commit

    def _knows(self) -> bool:
        return self.headers.get("Authorization") == f"Bearer {TOKEN}"

    def _may_write(self) -> bool:
        if not self._knows():
            self._error(401, "")
        return self._knows()

    def _create(self, body: bytes) -> None:
        if not self._may_write():
            return
        asked = json.loads(body)
        name = f"{asked.get('organization') or 'ann'}/{asked['name']}"
        if name in self.served.repositories:
            self._json({"error": "You already created this dataset repo", "url": f"{self.served.url}/datasets/{name}"}, 409)
            return
        self.served.create(name, private=bool(asked.get("private")))
        self._json({"url": f"{self.served.url}/datasets/{name}", "name": name})

    def _whoami(self, _: bytes) -> None:
        self._json({"type": "user", "name": "ann"}) if self._knows() else self._error(401, "")

    def _validate_yaml(self, _: bytes) -> None:
        self._json({"errors": [], "warnings": []})

    def _info(self, _: bytes, name: str, revision: str = "main") -> None:
        if found := self._repository(name, revision):
            files = [{"rfilename": path} for path in sorted(found[1].files)]
            self._json(
                {"id": name, "sha": found[1].oid, "private": found[0].private, "siblings": files, "tags": [], "downloads": 0}
            )

    def _refs(self, _: bytes, name: str) -> None:
        if found := self._repository(name):
            tags = [{"name": tag, "ref": f"refs/tags/{tag}", "targetCommit": oid} for tag, oid in found[0].tags.items()]
            main = {"name": "main", "ref": "refs/heads/main", "targetCommit": found[0].commits[-1].oid}
            self._json({"branches": [main], "converts": [], "tags": tags})

    def _tree(self, _: bytes, name: str, revision: str, folder: str = "") -> None:
        if not (found := self._repository(name, revision)):
            return
        prefix, files = f"{folder}/" if folder else "", found[1].files
        below = {path: data for path, data in files.items() if path.startswith(prefix)}
        recursive = "recursive=true" in self.path.lower()
        entries = [_entry(path, data) for path, data in below.items() if recursive or "/" not in path.removeprefix(prefix)]
        folders = {prefix + path.removeprefix(prefix).rsplit("/", 1)[0] for path in below if "/" in path.removeprefix(prefix)}
        if not recursive:
            folders = {prefix + one.removeprefix(prefix).split("/")[0] for one in folders}
        entries += map(_directory, sorted(folders))
        if below or not folder:
            self._json(entries)
        else:
            self._error(404, "EntryNotFound")

    def _paths(self, body: bytes, name: str, revision: str) -> None:
        if found := self._repository(name, revision):
            asked = json.loads(body)["paths"]
            files = found[1].files
            entries = [_entry(path, files[path]) for path in asked if path in files]
            entries += [_directory(path) for path in asked if any(file.startswith(f"{path}/") for file in files)]
            self._json(entries)

    def _preupload(self, body: bytes, name: str, revision: str) -> None:
        if self._may_write() and self._repository(name, revision):
            files = [
                {
                    "path": one["path"],
                    "uploadMode": "lfs" if _is_lfs(one["path"]) else "regular",
                    "shouldIgnore": False,
                    "oid": None,
                }
                for one in json.loads(body)["files"]
            ]
            self._json({"files": files})

    def _batch(self, body: bytes, name: str) -> None:
        if self._may_write() and self._repository(name):
            objects = []
            for one in json.loads(body)["objects"]:
                upload = {"upload": {"href": f"{self.served.url}/lfs/{one['oid']}", "header": {}}}
                actions = {} if one["oid"] in self.served.objects else {"actions": upload}
                objects.append({"oid": one["oid"], "size": one["size"], **actions})
            self._json({"transfer": "basic", "objects": objects})

    def _put(self, body: bytes, oid: str) -> None:
        assert sha256(body).hexdigest() == oid
        self.served.objects[oid] = body
        self._send(200, b"", {})

    def _commit(self, body: bytes, name: str, revision: str) -> None:
        if not self._may_write() or not (found := self._repository(name, revision)):
            return
        changes: dict[str, bytes | None] = {}
        header: dict[str, Any] = {}
        for line in body.splitlines():
            row = json.loads(line)
            value = row["value"]
            match row["key"]:
                case "header":
                    header = value
                case "file":
                    changes[value["path"]] = base64.b64decode(value["content"])
                case "lfsFile":
                    changes[value["path"]] = self.served.objects[value["oid"]]
                case "deletedFile":
                    changes[value["path"]] = None
        if header.get("parentCommit") not in {None, found[0].commits[-1].oid}:
            self._json({"error": "A commit has happened since. Please refresh and try again."}, 412)
            return
        made = self.served.commit(name, changes, header["summary"])
        url = f"{self.served.url}/datasets/{name}/commit/{made.oid}"
        self._json({"success": True, "commitOid": made.oid, "commitUrl": url, "hookOutput": "", "pullRequestUrl": None})

    def _tag(self, body: bytes, name: str, revision: str) -> None:
        if self._may_write() and (found := self._repository(name, revision)):
            tag = json.loads(body)["tag"]
            if tag in found[0].tags:
                self._json({"error": "Tag already exists"}, 409)
                return
            found[0].tags[tag] = found[1].oid
            self._json({"success": True})

    def _resolve(self, _: bytes, name: str, revision: str, path: str) -> None:
        if not (found := self._repository(name, revision)):
            return
        data = found[1].files.get(path)
        if data is None:
            self._error(404, "EntryNotFound")
            return
        entry = _entry(path, data)
        etag = entry["lfs"]["oid"] if "lfs" in entry else entry["oid"]
        headers = {"X-Repo-Commit": found[1].oid, "ETag": f'"{etag}"', "Accept-Ranges": "bytes"}
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")
        if asked:
            start, end = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
            part = data[start : end + 1]
            self._send(206, part, headers | {"Content-Range": f"bytes {start}-{end}/{len(data)}"})
        else:
            self._send(200, data, headers)

    def _json(self, value: object, status: int = 200) -> None:
        self._send(status, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _error(self, status: int, code: str) -> None:
        self._send(status, b'{"error": "refused"}', {"X-Error-Code": code} if code else {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
