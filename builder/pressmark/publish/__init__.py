"""From articles to a published dataset: views, tables, card, checksums, and one step that puts them in place."""
