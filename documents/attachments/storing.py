"""Files of a dossier: taken for what their bytes are, kept once under their hash, recorded when they come and go."""

import errno
import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Authority
from documents.attachments.attachment import Attachment, Blob, stored_at
from intake.uploads import Unacceptable, display_name, inspect
from workflow.drafting import editing
from workflow.errors import Refused
from workflow.models import Dossier
from workflow.states import Verb

CHUNK = 1 << 20
MAX_FILES_PER_DOSSIER = 50
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def attach(
    dossier: Dossier, upload: BinaryIO, *, by: Authority, name: str = "", kind=Attachment.Kind.EVIDENCE
) -> Attachment:
    """Attach an uploaded file (its own name unless `name` is given). Refused in words when it may not be attached."""
    name = display_name(name or upload.name)
    try:
        media_type = inspect(upload, name).media_type
    except Unacceptable as reason:
        raise Refused(str(reason)) from reason
    with editing.edit(dossier, by=by) as paper:
        if paper.attachments.count() >= MAX_FILES_PER_DOSSIER:
            raise Refused(_("A dossier may have at most %(limit)d files.") % {"limit": MAX_FILES_PER_DOSSIER})
        blob = _keep(upload, media_type)
        attachment, is_new = Attachment.objects.get_or_create(
            dossier_id=paper.pk, blob=blob, defaults={"name": name, "kind": kind}
        )
        if not is_new:
            raise Refused(_("This file is attached already, as “%(name)s”.") % {"name": attachment.name})
        editing.attached(paper, by=by, name=name, sha256=blob.sha256, verb=Verb.ATTACH)
    return attachment


def detach(attachment: Attachment, *, by: Authority) -> None:
    """Take a file off its draft; its bytes stay, other dossiers and sealed versions may name them."""
    with editing.edit(attachment.dossier, by=by) as paper:
        existing = Attachment.objects.filter(pk=attachment.pk).select_related("blob").first()
        if existing is None:
            raise Refused(_("This file has already been removed."))
        existing.delete()
        editing.attached(paper, by=by, name=existing.name, sha256=existing.blob.sha256, verb=Verb.DETACH)


def _keep(upload: BinaryIO, media_type: str) -> Blob:
    try:
        sha256, size = _store(upload)
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Refused(
            _(
                "There is no space left for files on the server."
                " Nothing has been changed; please inform the administrator."
            )
        ) from error
    return Blob.objects.get_or_create(sha256=sha256, defaults={"size": size, "content_type": media_type})[0]


def _store(upload: BinaryIO) -> tuple[str, int]:
    """Write the bytes where their hash says, all or nothing, and on the disk before anything names them."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, prefix="new-", delete=False) as file:
        try:
            upload.seek(0)
            while chunk := upload.read(CHUNK):
                digest.update(chunk)
                size += file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            _place(Path(file.name), stored_at(digest.hexdigest()))
        finally:
            with suppress(FileNotFoundError):
                os.unlink(file.name)
    return digest.hexdigest(), size


def _place(file: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    file.rename(target)
    for folder in (target.parent, target.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
