"""What is done to the project's own typesettings to see what is read of them: one module each for
text, hidden ink, geometry, colours and marks, pages, and tables' traits."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The typesetter of the samples is no package that is installed.
if str(ROOT / "samples") not in sys.path:
    sys.path.append(str(ROOT / "samples"))
