"""`python -m tesselle`, where the command is not on the path."""

import sys

from tesselle.ops.cli import main

sys.exit(main())
