"""`roadpress untick`."""

from ..core.progress.model import State
from .tick import ticking_command

command = ticking_command(
    "untick",
    State.OPEN,
    """Take ticks and skips back.

    WHAT is as for `tick`. Notes stay. It is remembered that the tick was taken back, so that an older output that comes
    back does not tick it again.
    """,
    "The day to remember; today if not given.",
)
