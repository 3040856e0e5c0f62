"""A site being written, and the two ways in which it takes the place of the one before."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from onrecord.durability import force, force_folder
from onrecord.plural import counted
from onrecord.publish import adoption, journal
from onrecord.publish.exchange import exchange
from onrecord.publish.files import (
    PublishFailed,
    Written,
    folders_of,
    in_the_way,
    make_folders,
    obstacle,
    present_digest,
    read_written,
    same_path,
    survey,
    walk,
    write_file,
)
from onrecord.publish.journal import Change, Removal, Rename, ordered
from onrecord.publish.listing import MANIFEST, count, edited, is_ours, listing, lists, parsed
from onrecord.publish.packing import pack

if TYPE_CHECKING:
    from onrecord.model import Page
    from onrecord.publish.workplace import Workplace

# A change is small while a reader cannot be caught in it: a thousand renames take a twentieth of a second.
_FEW = 1000
# Beyond a tenth of the site, linking all the rest and exchanging the folders costs about as much, and nobody sees two states.
_SHARE = 10
# What the system answers where a folder cannot be exchanged, and its files can: it is mounted, or lies under such a one (overlayfs).
_IN_PLACE = (errno.EBUSY, errno.EXDEV)
_NAMED = 3
"""How many of the files that were set aside are named."""


class Outcome(Struct, frozen=True):
    """How a site was published.

    `files` is the number of files of the new site, its manifest included; `replaced` and `removed` how many were put in place and taken
    away, the manifest not counted; `exchanged` whether the folders were exchanged. `stamps` has (size in bytes, time of change in ns) for
    each file of the site that was not written by the caller and does not have the stamp it had: the manifest, the packed copy, what
    another program wrote into the stage, and a kept file where the disk could not link it. `manifest` is the SHA-256 of the manifest.
    """

    files: int
    replaced: int
    removed: int
    exchanged: bool
    stamps: dict[str, tuple[int, int]]
    manifest: str


class Stage:
    """A site being written. `path` is the folder its new files are written in; `commit` puts them in their places below `out`.

    `warnings` are lines for the user; `notices` too, about what was made again by itself; `left` are folders of former sites that could
    not be deleted, known once the block of `staged` has ended. With `adopt`, a folder without a manifest is
    taken over: what the site will have as it is there stays, and everything else is set aside.
    """

    def __init__(self, out: Path, place: Workplace, warnings: list[str], adopt: bool) -> None:
        self.out = out
        self.path = place.new
        self.warnings = warnings
        self.notices: list[str] = []
        self.left: list[Path] = []
        self._place = place
        self._adopt = adopt
        self._recognized: Mapping[str, str] | None = None
        self._manifest_is_ours = False
        self._listed: Mapping[str, str] | None = parsed(self._manifest)
        self._written: list[Written] = []

    @cached_property
    def present(self) -> Mapping[str, tuple[int, int]]:
        """The `survey` of the site that stands at `out`, walked once. Ask here rather than again: no other build can change it."""
        return survey(self.out)

    @property
    def listed(self) -> Mapping[str, str] | None:
        """The files of the site at `out` with their SHA-256, or None where it has no manifest that a build has written."""
        return self._listed if self._recognized is None else self._recognized

    def recognize(self, files: Mapping[str, str]) -> None:
        """Where the manifest is lost, or contradicts what was noted and stands there: knows the files of the site again by what was noted
        of them when they were written (path → SHA-256). Nothing where the manifest is true, or where no file is as it was noted. Raises
        OSError."""
        if not self.present:
            return
        if self._listed is not None:
            if not adoption.contradicted(self._listed, self.out, self.present, files):
                return
            self._listed = None
        known = adoption.recognized(self.out, self.present, files)
        if known:
            what = "is damaged" if self._manifest else "is lost"
            self.notices.append(f"{self.out / MANIFEST} {what}. It is made again from what the last build has noted.")
            self._recognized = {path: sha256 for path, sha256 in known.items() if path != MANIFEST}
            self._manifest_is_ours = is_ours(self._manifest)

    @cached_property
    def _manifest(self) -> bytes:
        try:
            return (self.out / MANIFEST).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return b""

    def write(self, pages: Iterable[Page]) -> int:
        """Writes pages, in the order they come, and returns how many there were; `commit` knows of them. Raises PublishFailed."""
        before = len(self._written)
        root = str(self.path)
        self._written += (write_file(root, page.path, page.data) for page in pages)
        return len(self._written) - before

    def commit(
        self, written: Iterable[Written] = (), kept: Mapping[str, str] = {}, copy: str = "", built: str = ""
    ) -> Outcome:
        """Makes the site at `out` what was written and kept, and nothing else that a build has written.

        `written` are the files of the stage, in any order, without those of `write`; what else stands in the stage belongs to the site
        too. `kept` are files of the site at `out` that stay as they are, path → SHA-256 as its manifest has it. With `copy`, the site is
        also packed into `<copy>.zip`, its own manifest inside; that file stays as it is if it is among `kept` and nothing it holds has
        changed. `built` is the day of the build (ISO 8601) for the manifest, or empty.

        What the old manifest lists and is neither written nor kept is removed, unless somebody has changed it: then it stays, with a
        warning. Files that no build has written stay. Raises PublishFailed where such a file is in the way, where two files would have
        the same place, and where a kept file is not there or is not the one the manifest lists; OSError.
        """
        fresh, unstamped = self._staged([*self._written, *written])
        files = self._kept(kept, fresh) | {path: file.sha256 for path, file in fresh.items()}
        if MANIFEST in files:
            raise same_path(MANIFEST)
        if self._adopt:
            self._take_over(files)
        packed = f"{copy}.zip"
        if copy and (packed not in kept or files != self.listed):
            if packed in fresh:
                raise same_path(packed)
            files.pop(packed, None)
            self._pack(packed, files, fresh, copy, built)
            fresh[packed] = read_written(str(self.path), packed)
            files[packed] = fresh[packed].sha256
            unstamped.append(packed)
        removals, altered = self._stale(files)
        if not fresh and not removals and files == self._listed:
            return self._as_it_is(len(files) + 1)
        stamps = {path: (fresh[path].size, fresh[path].mtime_ns) for path in unstamped}
        renames = None
        if self._listed is not None and self._is_small(len(fresh) + len(removals), len(files)):
            renames = self._renames(fresh, self._listed.__contains__)
        if renames is None:
            foreign = self._foreign(files, altered)
            if not self._place.inside:
                copied = self._link([path for path in files if path not in fresh])
                self._carry(foreign)
        manifest = write_file(str(self.path), MANIFEST, listing(files, built))
        stamps[MANIFEST] = (manifest.size, manifest.mtime_ns)
        exchanged = renames is None and not self._place.inside and self._exchange(fresh)
        if exchanged:
            stamps |= copied
        elif renames is None:
            self._replace_all(fresh, manifest, removals)
        else:
            self._replace([*ordered(renames), Rename(MANIFEST, manifest.sha256, False)], removals)
        return Outcome(len(files) + 1, len(fresh), len(removals), exchanged, stamps, manifest.sha256)

    def _take_over(self, files: Mapping[str, str]) -> None:
        """Makes what stands at `out` known: what the new site has as it is, and what is set aside before it makes room. Raises
        PublishFailed where nothing there is what a build would write: that is somebody's own folder."""
        if self._listed is not None or not self.present:
            return
        known = dict(self._recognized or {}) | adoption.recognized(self.out, self.present, files)
        if not known:
            raise PublishFailed(
                f"Nothing in {self.out} is what this build would write, so it is not taken over. Choose another folder."
            )
        present = self.present.keys() - ({MANIFEST} if self._manifest_is_ours or is_ours(self._manifest) else set())
        others = adoption.remaining(self.out, present, known)
        if others:
            folder = adoption.set_aside(self.out, others)
            some = ", ".join(sorted(others)[:_NAMED]) + (", …" if len(others) > _NAMED else "")
            self.warnings.append(
                f"{counted(len(others), 'file')} that this build would not have written: set aside in {folder} ({some})."
            )
        self._recognized = {path: sha256 for path, sha256 in (known | others).items() if path != MANIFEST}
        self._manifest_is_ours = True

    def _exchange(self, fresh: Mapping[str, Written]) -> bool:
        """Exchanges the stage and the site; False where the system cannot, and the files are to be renamed one by one."""
        force(self.path, [*fresh, MANIFEST])
        try:
            exchange(self.path, self.out, self._place.old)
        except OSError as error:
            if error.errno not in _IN_PLACE or not self.path.exists():
                raise
            return False
        with suppress(OSError):  # the new site is in its place, whatever is said of the folder it lies in
            force_folder(self.out.parent)
        return True

    def _replace_all(self, fresh: Mapping[str, Written], manifest: Written, removals: list[Removal]) -> None:
        """The whole site file by file, where its folder cannot be exchanged. What has the place of a new folder, or of a new file, goes
        first."""
        folders = {folder for path in fresh for folder in folders_of(path)}
        clearing: list[Removal] = []
        after: list[Removal] = []
        for removal in removals:
            first = removal.path in folders or not fresh.keys().isdisjoint(folders_of(removal.path))
            (clearing if first else after).append(removal)
        present = self.present
        renames = [Rename(path, file.sha256, path not in present) for path, file in fresh.items()]
        self._replace([*ordered(renames), Rename(MANIFEST, manifest.sha256, False)], after, clearing)

    def amend(self, written: Iterable[Written], gone: Mapping[str, str], built: str = "") -> Outcome | None:
        """Puts `written` into the site at `out` and takes `gone` away (path → SHA-256 as it was written); all else stays as it is.

        For a caller who knows that the site and its manifest are as they were written; so neither has to be read as a whole. None where
        the change is not small, where a place is not free, or where the manifest is not as a build writes it: `commit` settles that.
        Raises as `commit` does.
        """
        fresh, unstamped = self._staged(written)
        changes: dict[str, str | None] = {path: file.sha256 for path, file in fresh.items()}
        manifest = edited(self._manifest, changes | dict.fromkeys(gone), built)
        if manifest is None or MANIFEST in changes or not self._is_small(len(fresh) + len(gone), count(manifest)):
            return None
        if manifest == self._manifest and not fresh and not gone:
            return self._as_it_is(count(manifest) + 1)
        renames = self._renames(fresh, lambda path: lists(self._manifest, path))
        if renames is None:
            return None
        removals, _ = self._removals(gone)
        listed = write_file(str(self.path), MANIFEST, manifest)
        self._replace([*ordered(renames), Rename(MANIFEST, listed.sha256, False)], removals)
        stamps = {path: (fresh[path].size, fresh[path].mtime_ns) for path in unstamped}
        stamps[MANIFEST] = listed.size, listed.mtime_ns
        return Outcome(count(manifest) + 1, len(fresh), len(removals), False, stamps, listed.sha256)

    def _as_it_is(self, files: int) -> Outcome:
        """The outcome where nothing changes."""
        status = os.lstat(self.out / MANIFEST)
        sha256 = hashlib.sha256(self._manifest).hexdigest()
        return Outcome(files, 0, 0, False, {MANIFEST: (status.st_size, status.st_mtime_ns)}, sha256)

    def _staged(self, written: Iterable[Written]) -> tuple[dict[str, Written], list[str]]:
        """The files of the stage by path, each of them whole; and the paths of those nobody has told us of, sorted."""
        fresh: dict[str, Written] = {}
        for file in written:
            if file.path in fresh:
                raise same_path(file.path)
            fresh[file.path] = file
        strays = []
        count = 0
        for path, size, _ in walk(self.path):
            in_stage = fresh.get(path)
            if in_stage is None:
                strays.append(path)
            elif in_stage.size != size:
                raise PublishFailed(f"{self.path / path} is not as it was written. Build again.")
            else:
                count += 1
        if count != len(fresh):
            missing = next(path for path in fresh if not os.path.lexists(self.path / path))
            raise PublishFailed(f"{self.path / missing} is not as it was written. Build again.")
        strays.sort()
        fresh.update((path, read_written(str(self.path), path)) for path in strays)
        return fresh, strays

    def _kept(self, kept: Mapping[str, str], fresh: Mapping[str, Written]) -> dict[str, str]:
        """`kept`, each file of it being there and the one that a build has written."""
        if not kept:
            return {}
        present, listed = self.present, self.listed or {}
        for path, sha256 in kept.items():
            if path in fresh:
                raise same_path(path)
            if path not in present:
                raise PublishFailed(f"{self.out / path} was to stay as it is but is no longer there. Build again.")
            if listed.get(path) != sha256:
                if path not in listed:
                    raise in_the_way(str(self.out / path))
                raise PublishFailed(
                    f"{self.out / path} was to stay as it is but is not the file that {MANIFEST} lists. Build again with --fresh."
                )
        return dict(kept)

    def _pack(self, name: str, files: Mapping[str, str], fresh: Mapping[str, Written], folder: str, built: str) -> None:
        members: list[tuple[str, Path | bytes]] = [
            (path, (self.path if path in fresh else self.out) / path) for path in sorted(files)
        ]
        pack(self.path / name, [*members, (MANIFEST, listing(files, built))], folder)

    def _stale(self, files: Mapping[str, str]) -> tuple[list[Removal], list[str]]:
        """What the old manifest lists and the new site does not have: the files to remove, and those somebody has changed (with a
        warning each)."""
        listed = self.listed or {}
        return self._removals({path: listed[path] for path in listed.keys() - files.keys()})

    def _removals(self, gone: Mapping[str, str]) -> tuple[list[Removal], list[str]]:
        """The same of files that belong to the site no more (path → SHA-256 as it was written)."""
        removals, changed = [], []
        for path, sha256 in sorted(gone.items()):
            present = present_digest(str(self.out), path)
            if present == sha256:
                removals.append(Removal(path, present))
            elif present is not None:
                changed.append(path)
                self.warnings.append(journal.changed_by_hand(str(self.out / path)))
        return removals, changed

    @staticmethod
    def _is_small(changes: int, total: int) -> bool:
        return changes <= min(_FEW, total // _SHARE)

    def _renames(self, fresh: Mapping[str, Written], is_listed: Callable[[str], bool]) -> list[Rename] | None:
        """A rename for each new file; None where a place is not free, which the whole site then settles."""
        renames = []
        for path, file in fresh.items():
            if obstacle(str(self.out), path) is not None:
                return None
            try:
                folder = stat.S_ISDIR(os.lstat(self.out / path).st_mode)
            except FileNotFoundError:
                renames.append(Rename(path, file.sha256, new=True))
                continue
            if folder or not is_listed(path):
                return None
            renames.append(Rename(path, file.sha256, new=False))
        return renames

    def _foreign(self, files: Mapping[str, str], altered: list[str]) -> list[str]:
        """The files at `out` that belong to no build and go with the folder, sorted, those that somebody has `altered` among them.

        Raises PublishFailed where a file of the new site needs the place of such a file."""
        # Walked anew: the folder is about to be exchanged, and what somebody has put into it since the build began goes with it too.
        ours = set(self.listed or ())
        ours |= {MANIFEST} if self._listed is not None or self._manifest_is_ours else set()
        foreign = sorted({*(survey(self.out).keys() - ours), *altered})
        if foreign:
            own = {*files, MANIFEST}
            folders = {path.rpartition("/")[0] for path in files}
            folders |= {outer for folder in folders for outer in folders_of(folder)}
            for path in foreign:
                if path in own or path in folders or not own.isdisjoint(folders_of(path)):
                    raise in_the_way(str(self.out / path), unlisted=self._listed is None)
        return foreign

    def _link(self, paths: list[str]) -> dict[str, tuple[int, int]]:
        """Links files of the site at `out` into the stage. Where the disk cannot link they are copied: the stamps of the copies."""
        source, target = str(self.out), str(self.path)
        stamps = {}
        for folder in {path.rpartition("/")[0] for path in paths}:
            make_folders(target, f"{folder}/")
        for path in paths:
            old, new = f"{source}/{path}", f"{target}/{path}"
            try:
                os.link(old, new)
            except (FileExistsError, NotADirectoryError) as error:
                raise same_path(path) from error
            except FileNotFoundError:
                raise
            except OSError:
                shutil.copy2(old, new, follow_symlinks=False)
                status = os.lstat(new)
                stamps[path] = (status.st_size, status.st_mtime_ns)
        return stamps

    def _carry(self, foreign: list[str]) -> None:
        links = [path for path in foreign if (self.out / path).is_symlink()]
        self._link(sorted(set(foreign).difference(links)))
        for path in links:
            make_folders(str(self.path), path)
            os.symlink(os.readlink(self.out / path), self.path / path)

    def _replace(self, renames: list[Rename], removals: list[Removal], clearing: Iterable[Removal] = ()) -> None:
        change = Change(
            before=hashlib.sha256(self._manifest).hexdigest(),
            after=renames[-1].sha256,
            renames=tuple(renames),
            removals=tuple(removals),
            clearing=tuple(clearing),
        )
        journal.write(self._place.record, self.path, change)
        self.warnings += journal.complete(change, self.path, self.out)
        self._place.record.unlink()
