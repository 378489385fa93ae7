"""What GraphML and GEXF share: columns, types, and text that every parser reads back."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from graph.schema import Property

XML_TYPES = {"INTEGER": "long", "FLOAT": "double", "BOOLEAN": "boolean"}
"""Types of the graph as GraphML and GEXF name them; any other is a string."""
LABEL = Property("label", "STRING", "Label of the node", required=True)
TYPE = Property("type", "STRING", "Type of the relationship", required=True)

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


class XmlText:
    """Escapes text and counts what XML has no way to say."""

    def __init__(self) -> None:
        self._replaced = 0

    def __call__(self, text: str) -> str:
        """Text for an element or a quoted attribute."""
        return escape(self.clean(text), _ENTITIES)

    def clean(self, text: str) -> str:
        """Text without forbidden characters, not escaped."""
        clean, count = _FORBIDDEN.subn("\ufffd", text)
        self._replaced += count
        return clean

    def losses(self) -> tuple[str, ...]:
        """What could not be said, in one sentence."""
        if not self._replaced:
            return ()
        return (f"{self._replaced} characters that XML forbids were replaced by U+FFFD.",)
