"""Reads and writes other formats. Each module has ``SUFFIXES``, ``read``, ``write``, and ``KEEPS``: the fields it can hold."""
