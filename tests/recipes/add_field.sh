# CONTRIBUTING.md, "Add a field", step by step: metadata.section. Run at the top of a copy of the tree.
set -euo pipefail
version=$(grep -oP '"const": "\K[0-9.]+' schema/article.schema.json)

# 1. The schema: the property, `required`, and the version.
sed -i '/^ *"translated_from": {$/i\        "section": { "description": "The section it was published in (schema.org articleSection).", "type": ["string", "null"] },' schema/article.schema.json
sed -i '/"duplicate_of", "inferred"/s/"source_file", "translated_from"/"source_file", "section", "translated_from"/' schema/article.schema.json
sed -i "/\"\\\$id\"\|\"const\"/s/${version//./\\.}/99.0.0/" schema/*.schema.json

# 2. The model.
sed -i '/^    translated_from: str | None/i\    section: str | None' builder/pressmark/record/model.py
sed -i 's/^SchemaVersion = .*/SchemaVersion = Literal["99.0.0"]/' builder/pressmark/record/model.py

# 3. Records, docs and data.
python tests/add_field.py metadata.section

# 4. The example of the front page names a line of a case, which is one line further down now.
sed -i 's/span-text.json:127:5:/span-text.json:128:5:/' README.md
