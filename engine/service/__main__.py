"""`python -m engine.service`: questions on standard input, answers on standard output, one JSON object a line."""

import sys

from engine.service.server import main

if __name__ == "__main__":
    sys.exit(main())
