"""A dataset project: a folder with ``seeds/`` and ``annotations/``, and the articles that the two make together."""
