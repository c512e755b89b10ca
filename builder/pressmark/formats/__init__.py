"""Foreign formats, one module each: what it ``KEEPS`` of a record, its ``SUFFIXES``, ``read`` and ``write``."""
