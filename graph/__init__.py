"""The graph: what it is, where it lives, how it leaves.

``from graph import open_store, read_network`` is where a notebook begins; either
comes from its module when it is first asked for, so that ``import graph`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.network import read_network
    from graph.opening import open_store
else:
    _MODULES = {"open_store": "graph.opening", "read_network": "graph.network"}

    def __getattr__(name):
        if name in _MODULES:
            return getattr(import_module(_MODULES[name]), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["open_store", "read_network"]
