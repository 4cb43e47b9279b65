"""Run the command with `python -m macros.cli`."""

from macros.cli import main

main()
