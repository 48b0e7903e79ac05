"""`roadpress skip`."""

from ..core.progress.model import State
from .tick import ticking_command

command = ticking_command(
    "skip",
    State.SKIPPED,
    """Leave things out: they count neither as done nor as open. `untick` brings them back.

    WHAT is as for `tick`.
    """,
    "The day it was decided; today if not given.",
)
