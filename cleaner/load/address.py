"""Where a document belongs: the host of its address, or the folder that it lies in."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_WWW = re.compile(r"^(?:www\d?|m|mobile|amp)\.")


def host(url: str | None) -> str | None:
    """The host of an address, without `www.` and the like; None where there is none."""
    if not url:
        return None
    try:
        name = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    bare = _WWW.sub("", (name or "").rstrip("."))
    return bare if "." in bare.strip(".") else None


def site_of(id: str, url: str | None) -> str:
    """Where a document belongs: its address's host, or the folder that its id begins with; empty where neither is known."""
    return host(url) or (site_named(id.partition("/")[0]) if "/" in id else "")


def site_named(name: str) -> str:
    """The site that a name is of: a host without its `www.`, where it is one, else the name itself."""
    return host(name) or name
