"""Running the chaos command as a person would, and reading its last line."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    status: int
    report: dict[str, Any]


def chaos(arguments: Sequence[str], *, sabotage: str = "") -> Run:
    """`sabotage`: a name from `sabotages`, done to the workers' ledger."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["PYTHONPATH"] = str(ROOT)
    if sabotage:
        environment |= {"TESSELLE_CHAOS_IMPORT": "tests.journeys.sabotages", "SABOTAGE": sabotage}
    done = subprocess.run(
        [sys.executable, "-m", "tesselle.ops.chaos", "--json", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    return Run(done.returncode, json.loads(done.stdout.splitlines()[-1]))
