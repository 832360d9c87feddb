import sys

from tesselle.ops.chaos.command import main

sys.exit(main(sys.argv[1:]))
