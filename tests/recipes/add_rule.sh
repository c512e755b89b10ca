# CONTRIBUTING.md, "Add a rule", step by step: title-capitals. Run at the top of a copy of the tree.
set -euo pipefail

# 1. The rule.
cat >> builder/pressmark/validation/level5_guidelines/quotes.py <<'PYTHON'


@rule(level=5, severity="warning")
def title_capitals(article: Article, facts: Facts) -> Problems:
    """A title is not in capital letters only."""
    title = article.metadata.title
    if title and " " in title and title.isupper():
        yield Problem("/metadata/title", f"{title!r} is in capitals", expected="the title as a sentence has it")
PYTHON

# 2. A record that breaks it, and a near miss.
sed 's/"title": null/"title": "RAIN IN NORLAND"/' tests/cases/valid/article.json > tests/cases/invalid/title-capitals.json
sed 's/"title": null/"title": "RAIN in Norland"/' tests/cases/valid/article.json > tests/cases/valid/title-capitals.json

# 3. The docs.
python -m pressmark.publish.reference
