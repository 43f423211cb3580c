"""`python -m jcr` is the `jcr` command."""

from jcr.cli import main

main()
