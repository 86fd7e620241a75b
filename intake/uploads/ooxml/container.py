"""The zip around a package: its outline beyond doubt, its entries unpacked without trusting what they promise."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from intake.uploads import reasons, signatures
from intake.uploads.kinds import TooMuch, Unacceptable

MAX_ENTRIES = 2000
MAX_DIRECTORY = 512 * 1024
_CHUNK_IN, _CHUNK_OUT = 16 * 1024, 1024 * 1024
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"


class Container:
    """One archive, from the first byte to the last; entries by the name their part goes by."""

    def __init__(self, data: bytes):
        end = data.rfind(_END, -(22 + 0xFFFF))
        if end < 0 or len(data) < end + 22:
            raise Unacceptable(reasons.damaged_office())
        comment_end = end + 22 + int.from_bytes(data[end + 20 : end + 22], "little")
        if signatures.is_second_file(data[end + 22 : comment_end]) or signatures.is_second_file(data[comment_end:]):
            raise Unacceptable(reasons.damaged_office())
        if int.from_bytes(data[end + 12 : end + 16], "little") > MAX_DIRECTORY:
            raise TooMuch(reasons.too_much())
        _check_large_end(data, end)
        self.data = data
        self.entries = {part_name(entry.orig_filename): entry for entry in _listed(data[:comment_end])}

    def unpack(self, name: str) -> Iterator[bytes]:
        """The part's bytes in chunks, at most one megabyte each."""
        return _unpack(self.data, self.entries[name])


def part_name(name: str) -> str:
    """The one spelling of a part's name: case does not count, nor the way its slashes and letters are written."""
    return unquote(name).replace("\\", "/").removeprefix("./").casefold()


def _listed(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError):
        raise Unacceptable(reasons.damaged_office()) from None
    if len(entries) > MAX_ENTRIES:
        raise TooMuch(reasons.too_much())
    _check_layout(data, entries)
    parts = [entry for entry in entries if not entry.is_dir() and not entry.orig_filename.endswith("\\")]
    if any(entry.flag_bits & 0x41 for entry in parts):
        raise Unacceptable(reasons.password())
    names = [part_name(entry.orig_filename) for entry in entries]
    if any(map(_leaves_the_package, names)) or len({part_name(part.orig_filename) for part in parts}) != len(parts):
        raise Unacceptable(reasons.part_names())
    return parts


def _check_large_end(data: bytes, end: int) -> None:
    """Some programs write the directory's place twice, once for files beyond 4 GB: both must say the same."""
    if data[end - 20 : end - 16] != _LOCATOR_64:
        return
    record = data.rfind(_END_64, 0, end - 20)
    long = (data[record + 40 : record + 48], data[record + 48 : record + 56])
    short = (data[end + 12 : end + 16], data[end + 16 : end + 20])
    agreed = (near == b"\xff" * 4 or near + b"\x00" * 4 == far for near, far in zip(short, long, strict=True))
    if record < 0 or not all(agreed):
        raise Unacceptable(reasons.damaged_office())
    if int.from_bytes(long[0], "little") > MAX_DIRECTORY:
        raise TooMuch(reasons.too_much())


def _leaves_the_package(name: str) -> bool:
    return name.startswith("/") or bool(re.search(r"[\x00:]", name)) or ".." in name.split("/")


def _check_layout(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < reached or (reached == 0 and entry.header_offset):
            raise Unacceptable(reasons.damaged_office())
        reached = _start(data, entry) + entry.compress_size


def _start(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Where the packed bytes begin, once the entry's own header agrees with the directory."""
    header = data[entry.header_offset : entry.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise Unacceptable(reasons.damaged_office())
    name_end = entry.header_offset + 30 + int.from_bytes(header[26:28], "little")
    raw = data[entry.header_offset + 30 : name_end]
    name = raw.decode("utf-8" if entry.flag_bits & 0x800 else "cp437", errors="replace")
    method = int.from_bytes(header[8:10], "little")
    if part_name(name) != part_name(entry.orig_filename) or method != entry.compress_type:
        raise Unacceptable(reasons.damaged_office())
    return name_end + int.from_bytes(header[28:30], "little")


def _unpack(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What the entry's headers promise is checked, not believed."""
    start = _start(data, entry)
    packed = memoryview(data)[start : start + entry.compress_size]
    unpacker = {zipfile.ZIP_STORED: _stored, zipfile.ZIP_DEFLATED: _inflate}.get(entry.compress_type)
    if not unpacker:
        raise Unacceptable(reasons.damaged_office())
    size = checksum = 0
    for chunk in unpacker(packed):
        size, checksum = size + len(chunk), zlib.crc32(chunk, checksum)
        yield chunk
    if (size, checksum) != (entry.file_size, entry.CRC):
        raise Unacceptable(reasons.damaged_office())


def _stored(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), _CHUNK_OUT):
        yield bytes(packed[start : start + _CHUNK_OUT])


def _inflate(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), _CHUNK_IN):
            waiting = bytes(packed[start : start + _CHUNK_IN])
            while waiting:
                if chunk := inflater.decompress(waiting, _CHUNK_OUT):
                    yield chunk
                waiting = inflater.unconsumed_tail
        if rest := inflater.flush():
            yield rest
    except zlib.error:
        raise Unacceptable(reasons.damaged_office()) from None
    if packed and (not inflater.eof or inflater.unused_data):  # an empty part may be packed to nothing
        raise Unacceptable(reasons.damaged_office())
