"""One test a dataset against the real service: `pytest -m live`, never run by default."""
