"""A package's files: written to a folder, described by a manifest, archived byte for byte alike."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every archive member: the first that the format knows, so that nothing depends on
when a package was made."""

_PACKED = frozenset(
    {".pdf", ".zip", ".gz", ".tgz", ".png", ".jpg", ".jpeg", ".mp4", ".xlsx", ".docx"}
)


@dataclass
class Files:
    """The files of one package, put into `folder` as they are added."""

    folder: Path
    about: dict[str, str] = field(default_factory=dict)
    """What each file is, by its path."""

    def __post_init__(self) -> None:
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)

    def text(self, path: str, content: str, about: str, *, bom: bool = False) -> None:
        """Adds a text file in UTF-8; with `bom` as spreadsheets want it."""
        self.data(path, content.encode("utf-8-sig" if bom else "utf-8"), about)

    def data(self, path: str, content: bytes, about: str) -> None:
        """Adds a file of these bytes."""
        self.place(path, about).write_bytes(content)

    def copy(self, path: str, source: Path, about: str) -> None:
        """Adds a copy of `source`; raises `OSError` where it cannot be read."""
        shutil.copyfile(source, self.place(path, about))

    def manifest(self, header: dict[str, object]) -> None:
        """Writes `manifest.json`: size, SHA-256 and purpose of every file added so far."""
        rows = [
            {
                "path": path,
                "size": (self.folder / path).stat().st_size,
                "sha256": digest(self.folder / path),
                "about": self.about[path],
            }
            for path in sorted(self.about)
        ]
        text = json.dumps({**header, "files": rows}, ensure_ascii=False, indent=2) + "\n"
        self.text("manifest.json", text, "what the package holds: this list")

    def archive(self, target: Path) -> None:
        """Writes everything to the zip file `target`, in order of path, under the folder's name."""
        with zipfile.ZipFile(target, "w") as archive:
            for path in sorted(self.about):
                member = zipfile.ZipInfo(f"{self.folder.name}/{path}", EARLIEST)
                packed = PurePosixPath(path).suffix.lower() in _PACKED
                member.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                member.create_system = 3  # the same on every system; with it, the permissions
                member.external_attr = 0o644 << 16
                source = self.folder / path
                member.file_size = source.stat().st_size
                with source.open("rb") as read, archive.open(member, "w") as write:
                    shutil.copyfileobj(read, write)

    def drop(self, path: str) -> None:
        """Takes a file out again."""
        del self.about[path]
        (self.folder / path).unlink(missing_ok=True)

    def place(self, path: str, about: str) -> Path:
        """Where to write a file of that path oneself; it must exist before `manifest`."""
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts or "\\" in path or ":" in path:
            raise ValueError(f"no path inside a package: {path!r}")
        if path.lower() in {known.lower() for known in self.about}:
            raise ValueError(f"two files of one name in a package: {path!r}")
        self.about[path] = about
        target = self.folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


def packed(members: Mapping[str, bytes | Path]) -> bytes:
    """A zip file of `members`, in order of name, the same bytes whenever it is made."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(members):
            content = members[name]
            member = zipfile.ZipInfo(name, EARLIEST)
            stored = PurePosixPath(name).suffix.lower() in _PACKED
            member.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, content.read_bytes() if isinstance(content, Path) else content)
    return target.getvalue()


def digest(file: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def verify(archive: Path, folder: Path) -> tuple[str, ...]:
    """What is wrong with an archive, in words: it must hold just what its manifest says."""
    problems = []
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    expected = {f"{folder.name}/{row['path']}": row for row in manifest["files"]}
    expected[f"{folder.name}/manifest.json"] = None
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        if sorted(names) != sorted(expected):
            problems.append("it does not hold the files that its manifest lists")
        for name in names:
            if name.startswith(("/", "\\")) or ".." in PurePosixPath(name).parts:
                problems.append(f"{name} leads out of the folder")
            if row := expected.get(name):
                with opened.open(name) as member:
                    found = hashlib.file_digest(member, "sha256").hexdigest()  # type: ignore[arg-type]  # any readable will do
                if found != row["sha256"]:
                    problems.append(f"{name} is not the file that the manifest describes")
    return tuple(problems)
