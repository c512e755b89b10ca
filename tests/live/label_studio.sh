#!/usr/bin/env bash
# Corrects a proposal in Label Studio itself: the tasks are imported, one offset is corrected through its API, the export comes back.
# usage: tests/live/label_studio.sh [VENV]
# VENV has label-studio; without it, one is made (1 GB). Nothing beyond 127.0.0.1 is reached once it is installed.
set -euo pipefail
work=$(mktemp -d)
server=
stop() {
    [ -z "$server" ] || kill "$server"
    rm -rf "$work"
}
trap stop EXIT
venv=${1:-$work/venv}
[ -x "$venv/bin/label-studio" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install -q label-studio; }
cd "$work"

mkdir -p news/seeds
printf '🙂👨‍👩‍👧 Old bridge to close\r\n\r\n“Nobody told us 🚌,” said Sam Hill.\r\nSurveyor Mia Wong warned that the steel was weak.\r\n' > news/seeds/bridge.txt
pressmark annotate news
cp news/annotations/bridge.json proposed.json
pressmark export news --to label-studio --strict -o ls
pressmark export news --to label-studio -o again && cmp ls/tasks.json again/tasks.json

echo '--- the SDK accepts the labeling config and the predictions'
"$venv/bin/python" - << 'PY'
import json
from pathlib import Path

from label_studio_sdk.label_interface import LabelInterface

interface = LabelInterface(Path("ls/label_studio.config.xml").read_text("utf-8"))
interface.validate()
for task in json.loads(Path("ls/tasks.json").read_text("utf-8")):
    for prediction in task["predictions"]:
        wrong = interface.validate_prediction(prediction, return_errors=True)
        assert not wrong, wrong
        print(len(prediction["result"]), "entries of", task["data"]["id"])
PY

echo '--- the server'
token=$(python3 -c 'import secrets; print(secrets.token_hex(20))')
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port/api
COLLECT_ANALYTICS=false SENTRY_DSN='' "$venv/bin/label-studio" start --no-browser --internal-host 127.0.0.1 --port "$port" --data-dir "$work/data" \
    --username ann@example.org --password "$token" --user-token "$token" --enable-legacy-api-token > server.log 2>&1 &
server=$!
for _ in $(seq 400); do
    curl -sf -o version.json "$url/version" && break
    kill -0 "$server" || { tail -20 server.log; exit 1; }
    sleep 1
done
[ -e version.json ] || { echo 'the server does not answer'; tail -20 server.log; exit 1; }
python3 -c 'import json; print("Label Studio", json.load(open("version.json"))["release"])'
ask() { curl -sSf -H "Authorization: Token $token" "$@"; }
ask -F title=news -F 'label_config=<ls/label_studio.config.xml' "$url/projects/" > made.json
ask -F file=@ls/tasks.json "$url/projects/1/import"
echo

echo '--- one offset is corrected: PERSON "Surveyor Mia Wong" begins at "Mia"'
ask "$url/tasks/1" > task.json
python3 - << 'PY'
import json

task, (sent,) = json.load(open("task.json")), json.load(open("ls/tasks.json"))
(stored,) = task["predictions"]
assert stored["result"] == sent["predictions"][0]["result"], "the server stored other predictions than it was sent"
text, result = task["data"]["text"], stored["result"]
assert text == sent["data"]["text"], "the server changed the text"
start = text.index("Mia Wong")
(name,) = {one["id"] for one in result if one["value"].get("text") == "Surveyor Mia Wong" and one["from_name"] == "entity"}
for one in result:
    if one["id"] == name:
        one["value"]["start"] = start
        if one["from_name"] in ("entity", "level"):
            one["value"]["text"] = "Mia Wong"
        if one["from_name"] == "name":
            one["value"]["text"] = ["Mia Wong"]
json.dump({"result": result, "parent_prediction": stored["id"]}, open("annotation.json", "w"))
PY
ask -H 'Content-Type: application/json' -d @annotation.json "$url/tasks/1/annotations/" > answer.json
ask "$url/projects/1/export?exportType=JSON" > corrected.json

echo '--- import'
pressmark import corrected.json --from label-studio --annotator 'Zoë Adams' --project news
diff proposed.json news/annotations/bridge.json && { echo 'nothing was corrected'; exit 1; }
cp news/annotations/bridge.json corrected-once.json
pressmark import corrected.json --from label-studio --annotator 'Zoë Adams' --project news
cmp corrected-once.json news/annotations/bridge.json
pressmark validate news

python3 - << 'PY'
import json

before, after = json.load(open("proposed.json")), json.load(open("corrected-once.json"))
changed = [(one, two) for one, two in zip(before["entities"], after["entities"], strict=True) if one != two]
((old, new),) = changed
assert ("Surveyor Mia Wong", "Mia Wong") == (old["mentions"][0]["text"], new["mentions"][0]["text"])
assert 9 == new["mentions"][0]["start"] - old["mentions"][0]["start"]
assert new["annotator"] != old["annotator"] and new["confidence"] is None
assert all(before[layer] == after[layer] for layer in ("quotes", "claims", "zones"))
assert {"kind": "human", "name": "Zoë Adams"}.items() <= after["annotators"][-1].items()
print("one mention changed, one entity signed; everything else is as it was proposed")
PY
