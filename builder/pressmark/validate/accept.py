"""The fast path: it may only say "accept". Whatever it does not accept goes to the judge, who explains."""
from __future__ import annotations
def converted(record): return None
def decoded(data, keys=None): return None
def clean(article): return False
