#!/usr/bin/env bash
# The selectors of our W3C Web Annotations, read by anchorpoint: position and quote cut the same words.
# usage: tests/live/anchorpoint.sh [VENV]
# VENV has anchorpoint; without it, one is made. Its licence is "free to use but restricted", so it is no dependency.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${1:-$work/venv}
[ -x "$venv/bin/python" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install -q anchorpoint; }
cd "$work"

mkdir news
cp -r "$here/../../seeds" "$here/../../annotations" news
printf '🙂👨‍👩‍👧 Old bridge to close\r\n\r\n“Nobody told us 🚌,” said Sam Hill.\r\nEngineer Mia Wong warned that the steel was weak.\r\n' > news/seeds/bridge.txt
pressmark annotate news
pressmark export news --to web-annotation --strict -o pages
"$venv/bin/python" - << 'PY'
import json
from pathlib import Path

from anchorpoint.textselectors import TextPositionSelector, TextQuoteSelector

for path in sorted(Path("pages").glob("*.jsonld")):
    text = Path("news/seeds", path.stem + ".txt").read_bytes().decode()
    items = json.loads(path.read_text("utf-8"))["items"]
    for one in items:
        position, quote = one["target"]["selector"]
        assert "TextPositionSelector" == position.pop("type") and "TextQuoteSelector" == quote.pop("type")
        at = TextPositionSelector(**position)
        assert at.select_text(text) == quote["exact"], (path, one["id"])
        found = TextQuoteSelector(**quote).as_unique_position(text)
        assert (at.start, at.end) == (found.start, found.end), (path, one["id"], at, found)
    assert items
    print(path.stem, len(items), "annotations: position and quote agree")
PY
