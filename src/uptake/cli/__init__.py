"""Thin commands, one function each, no logic."""


def main() -> None:
    """Run the command line."""
