#!/usr/bin/env bash
# Sends articles through Apache UIMA for Java: it reads our XMI, covers the same words, and what it writes changes nothing at home.
# usage: tests/live/java_uima.sh
# It needs Java 11 or later and uimaj-core.jar: that of Debian's libuima-core-java, which is downloaded if it is not installed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
jar=/usr/share/java/uimaj-core.jar
if [ ! -e "$jar" ]; then
    apt-get -q download libuima-core-java > /dev/null
    dpkg -x libuima-core-java_*.deb debian
    jar=$work/debian/usr/share/java/uimaj-core.jar
fi

mkdir news
cp -r "$here/../../seeds" "$here/../../annotations" news
printf '🙂👨‍👩‍👧 Old bridge to close\r\n\r\n“Nobody told us 🚌,” said Sam Hill.\r\nEngineer Mia Wong warned that the steel was weak.\r\n' > news/seeds/bridge.txt
pressmark annotate news
pressmark export news --to uima-xmi --strict -o cas
cp -r news before
mkdir classes back
javac -cp "$jar" -d classes "$here/UimaRoundTrip.java"
for file in cas/*.xmi; do
    java -cp "$jar:classes" UimaRoundTrip cas/TypeSystem.xml "$file" "back/$(basename "$file")" > "back/$(basename "$file" .xmi).tsv"
done
cp cas/TypeSystem.xml back
wc -l back/*.tsv

echo '--- the words that Java sees are those of the record'
python3 - << 'PY'
import json
from pathlib import Path

for path in sorted(Path("before/annotations").glob("*.json")):
    if path.stem == "relations":
        continue
    record = json.loads(path.read_text("utf-8"))
    escaped = lambda text: text.replace("\r", "\\r").replace("\n", "\\n")
    ours = sorted(escaped(mention["text"]) for entity in record["entities"] for mention in entity["mentions"])
    lines = Path(f"back/{path.stem}.tsv").read_text("utf-8").split("\n")
    java = sorted(line.partition("\t")[2] for line in lines if line.startswith("EntityMention\t"))
    assert ours and ours == java, (path.stem, set(ours) ^ set(java))
    print(path.stem, len(ours), "mentions")
PY

echo '--- what Java wrote changes nothing'
pressmark import back/*.xmi --from uima-xmi --annotator nobody --project news
diff -r before/annotations news/annotations
echo 'no byte changed'
