"""`python -m engine.cli`: the command line where the console script is not installed."""

from engine.cli import main

if __name__ == "__main__":
    main()
