"""Let ``python -m uptake`` be the command line."""

from uptake.cli import main

if __name__ == "__main__":
    main()
