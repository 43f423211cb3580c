"""Lets `python -m jcr.cli` do what `jcr` does."""

from jcr.cli import main

main()
