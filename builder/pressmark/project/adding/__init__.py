"""Brings articles of every kind into a project: tables, texts, web pages, Word files."""
