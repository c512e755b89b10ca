"""A dataset project: a folder with ``seeds/`` and ``annotations/``, from which articles are made."""
