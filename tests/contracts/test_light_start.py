"""A process that serves pages holds nothing that only some work needs."""

import subprocess
import sys

HEAVY = (
    *("scipy", "numpy", "pymcdm", "holidays"),
    *("pyvips", "av", "PIL", "pillow_heif", "vl_convert", "pypdfium2"),
    *("boto3", "botocore", "openpyxl", "docx", "typst"),
)
_LOOK = f"""
import sys
from tesselle.ops.installation import load_django
load_django()
from tesselle.ops.web_server import preload
from tesselle.ops import worker_process
preload()
print(" ".join(name for name in {HEAVY!r} if name in sys.modules))
"""


def test_starting_imports_nothing_heavy():
    done = subprocess.run([sys.executable, "-c", _LOOK], capture_output=True, text=True, check=True)

    assert done.stdout.split() == []
