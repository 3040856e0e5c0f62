"""Files → the output folder, and the only way there. What others make large (`search`) they write into the stage themselves.

    with publish.staged(out) as stage:
        written = [publish.write_file(str(stage.path), path, data) for path, data in …]   # in any process
        outcome = stage.commit(written, kept={path: sha256, …})

What is new is staged in a hidden sibling of the output folder, or in that folder where it is mounted (`workplace`, `staging`). `commit`
puts it in its place in one of two ways (`stage`): a whole site is exchanged in one step (`exchange`), a small change is renamed file by
file under a journal that the next run completes (`journal`). Either way a reader never meets an empty, cut or missing page, whatever
happens to the build, a power cut among it (`durability`); and every file that stays as it is is linked or left where it is, never copied
and never changed in place. Files that no build has written are never deleted. The last file to take its place is `manifest.json`, which
lists every file of the site with its SHA-256 (`listing`); where it is lost, files are known by their bytes (`adoption`).
"""

from onrecord.publish.files import (
    PublishFailed,
    Written,
    copy_file,
    digest,
    read_bytes,
    read_folder,
    read_written,
    survey,
    write_file,
)
from onrecord.publish.listing import MANIFEST, built, differences, manifest
from onrecord.publish.packing import write_zip
from onrecord.publish.site_differences import SiteDifferences, differing
from onrecord.publish.stage import Outcome, Stage
from onrecord.publish.staging import clear_lock, left, staged

__all__ = [
    "MANIFEST",
    "Outcome",
    "PublishFailed",
    "SiteDifferences",
    "Stage",
    "Written",
    "built",
    "clear_lock",
    "copy_file",
    "differences",
    "differing",
    "digest",
    "left",
    "manifest",
    "read_bytes",
    "read_folder",
    "read_written",
    "staged",
    "survey",
    "write_file",
    "write_zip",
]
