"""Put data into a page: compressed, as characters that no parser of HTML takes for markup."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any


def pack(data: Any) -> str:
    """Write data as JSON, gzip it and write the bytes in base64; the page does the reverse.

    No time and no name of a file goes in: the same data give the same characters.

    >>> unpack(pack({"label": "</script>"}))
    {'label': '</script>'}
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate has no UTF-8; JSON can say it by its number.
    raw = text.encode("utf-8", "backslashreplace")
    return base64.b64encode(gzip.compress(raw, compresslevel=9, mtime=0)).decode("ascii")


def unpack(packed: str) -> Any:
    """Read what `pack` wrote."""
    return json.loads(gzip.decompress(base64.b64decode(packed)))
