"""Zip archives: what is inside, under which name, and one member at a time.

Nothing is unpacked to disk. Archives inside archives are not opened.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from graph.errors import ReadError
from loaders.readers.base import MAX_FILE_BYTES

MAX_MEMBERS = 20_000
MAX_RATIO = 200
"""Unpacked to packed size of a member over ``RATIO_FROM`` bytes."""
RATIO_FROM = 5_000_000

_ODD_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
_NOT_EXPANDED = ("[Content_Types].xml", "mimetype", "OFD.xml")


def is_archive(path: Path) -> bool:
    """Whether a file is a zip of files rather than one document in zip form."""
    try:
        with path.open("rb") as stream:
            if stream.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
                return False
        with zipfile.ZipFile(path) as archive:
            return not any(name in archive.NameToInfo for name in _NOT_EXPANDED)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def iter_members(path: Path) -> Iterator[tuple[str, str]]:
    """List the files of an archive.

    Yields:
        Name as a person would write it, and why it cannot be read (empty if it can),
        sorted by name.
    Raises:
        ReadError: More members than the limit.
    """
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise ReadError(
                f"holds {len(members):,} files, the limit is {MAX_MEMBERS:,}; split it",
                path=str(path),
            )
        seen: set[str] = set()
        for name, member in sorted((_name(m), m) for m in members if not m.is_dir()):
            yield name, "twice in the archive" if name in seen else _problem(name, member)
            seen.add(name)


def read_member(path: Path, name: str, label: str) -> bytes:
    """Unpack one member in memory, in bounded steps.

    Raises:
        ReadError: Gone, damaged, or larger than it says.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            member = next((m for m in archive.infolist() if _name(m) == name), None)
            if member is None:
                raise ReadError("is no longer in the archive", path=label)
            content = io.BytesIO()
            with archive.open(member) as stream:
                while chunk := stream.read(1 << 16):
                    content.write(chunk)
                    if content.tell() > MAX_FILE_BYTES:
                        raise ReadError(
                            f"is larger than {MAX_FILE_BYTES:,} bytes, the limit", path=label
                        )
            return content.getvalue()
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, ValueError, RuntimeError) as exc:
        raise ReadError("is damaged in the archive; get the archive again", path=label) from exc


def _problem(name: str, member: zipfile.ZipInfo) -> str:
    if _ODD_NAME.search(name):
        return "its name leads out of the archive; not opened"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link, not a file; not followed"
    if member.flag_bits & 1:
        return "is protected by a password; unpack the archive and load the folder"
    if member.file_size > MAX_FILE_BYTES:
        return f"is larger than {MAX_FILE_BYTES:,} bytes, the limit"
    if member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(
        member.compress_size, 1
    ):
        return f"is packed more than {MAX_RATIO}:1, the limit"
    if name.lower().endswith(".zip"):
        return "is an archive inside an archive; unpack it first"
    return ""


def _name(member: zipfile.ZipInfo) -> str:
    """The name as written: Windows packs Chinese names in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    raw = member.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename
