"""roadpress: one roadmap.yaml to a PDF, a printable mind map, a Trello board and an interactive HTML checklist.

```python
import roadpress

snapshot = roadpress.snapshot_of("roadmap.yaml", today=date.today())  # with its progress and its plan
roadpress.export(snapshot, "pdf", "roadmap.pdf", paper="a5")
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from roadpress.core.model import Roadmap
    from roadpress.core.roadmap_file.loading import load
    from roadpress.core.snapshot import Snapshot
    from roadpress.core.snapshot.current import snapshot_of
    from roadpress.exporters.api import export

__version__ = "0.1.0"
__all__ = ["Roadmap", "Snapshot", "__version__", "export", "load", "snapshot_of"]

_WHERE = {
    "load": "roadpress.core.roadmap_file.loading",
    "Roadmap": "roadpress.core.model",
    "Snapshot": "roadpress.core.snapshot",
    "snapshot_of": "roadpress.core.snapshot.current",
    "export": "roadpress.exporters.api",
}


def __getattr__(name: str) -> Any:
    """Import the public names when they are first used, so that `roadpress --help` costs nothing."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_WHERE[name]), name)
