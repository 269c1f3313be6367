"""Work that could hang, crash or devour its memory: it is done in child processes that can be killed."""

from hyte_graph.isolation.fences import Limits
from hyte_graph.isolation.pool import Pool
from hyte_graph.isolation.weaker import fences_here
from hyte_graph.isolation.wire import Message

__all__ = ["Limits", "Message", "Pool", "fences_here"]
