"""The id of a release: a hash of all that it publishes."""

import hashlib
from dataclasses import fields

import msgspec

from uptake.model.release import Release


def content_id(release: Release) -> str:
    """Return 16 hex digits that differ whenever anything published differs.

    Behind the name of the mode, unless that is ``public``: an internal release must not pass for a
    public one, wherever its id stands.

    The order of the estimates counts, as it is that of the files; ``release.id`` does not.
    """
    digest = hashlib.sha256()
    for field in fields(release):
        if field.name in ("id", "estimates"):
            continue
        content = msgspec.json.encode({field.name: getattr(release, field.name)}, order="sorted")
        digest.update(content + b"\n")
    for key, found in release.estimates.rows():
        digest.update(msgspec.json.encode((key, found)))
    for where, group in release.estimates.groups.items():
        digest.update(msgspec.json.encode((where, group)))
    mode = "" if release.mode == "public" else f"{release.mode}-"
    return mode + digest.hexdigest()[:16]
