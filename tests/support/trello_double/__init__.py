"""A double of Trello's REST API: its routes, shapes, limits and rate window, with faults by request number.

`Double` answers one request at a time; `serve` puts it on loopback HTTP, `Direct` under the transport without a socket.
"""

from .direct import Direct
from .double import Double, Reply
from .faults import Fault, Killed
from .http import Hold, serve

__all__ = ["Direct", "Double", "Fault", "Hold", "Killed", "Reply", "serve"]
