"""A double of Trello's REST API: its routes, shapes, limits and rate window, with faults by request number.

`Double` answers one request at a time; `serve` puts it on loopback HTTP, `Direct` under the transport without a socket.
"""

from roadpress.tests.support.trello_double.direct import Direct
from roadpress.tests.support.trello_double.double import Double, Reply
from roadpress.tests.support.trello_double.faults import Fault, Killed
from roadpress.tests.support.trello_double.http import Hold, serve

__all__ = ["Direct", "Double", "Fault", "Hold", "Killed", "Reply", "serve"]
