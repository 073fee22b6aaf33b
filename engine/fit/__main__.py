"""`python -m engine.fit`: measure a training step in a process that may be killed."""

import sys

from engine.fit.probing import main

if __name__ == "__main__":
    sys.exit(main())
