"""Files of a dossier: added and removed by its drafter, downloaded by whoever may see it, never opened in the page."""

from csp.constants import NONE
from csp.decorators import csp
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents.attachments.attachment import Attachment
from documents.attachments.form import AttachmentForm
from documents.attachments.storing import attach, detach
from documents.pages.finding import drafter_of, read_instead, why_not_write
from workflow.drafting.points import last_return
from workflow.errors import Refused
from workflow.models import AccessLog, Dossier


@login_required
def attachments(request, ref):
    """The files of a draft, with a form for one more."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).select_related("unit"), ref=ref)
    reasons = why_not_write(request.user, dossier)
    if reasons and request.method != "POST":
        return read_instead(request, dossier, reasons)
    if request.method != "POST":
        return _page(request, dossier, AttachmentForm(initial={"kind": Attachment.Kind.EVIDENCE}))
    form = AttachmentForm(request.POST, request.FILES)
    if reasons or not form.is_valid():
        return _page(request, dossier, form, status=409 if reasons else 422, refusals=reasons)
    try:
        cleaned = form.cleaned_data
        added = attach(dossier, cleaned["file"], by=drafter_of(request.user, dossier), kind=cleaned["kind"])
    except Refused as refused:
        form.add_error("file", refused.reasons)
        return _page(request, dossier, form, status=422)
    messages.success(request, _("“%(name)s” has been attached.") % {"name": added.name})
    return redirect(request.path)


def _page(request, dossier, form, status=200, **more):
    files = [_line(dossier, row) for row in dossier.attachments.select_related("blob")]
    points = [point for point in last_return(dossier) if point.place.startswith("file:")]
    context = {"dossier": dossier, "form": form, "files": files, "points": points}
    return render(request, "documents/attachments.html", context | more, status=status)


def _line(dossier: Dossier, row: Attachment) -> dict:
    """One file as components/files.html lists it."""
    place = [dossier.ref, row.blob.sha256]
    return {
        "url": reverse("documents:attachment", args=place),
        "name": row.name,
        "size": row.blob.size,
        "note": row.get_kind_display(),
        "remove_url": reverse("documents:attachment-removal", args=place),
    }


@login_required
@require_POST
def removal(request, ref, sha256):
    """Take one file off the draft."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).select_related("unit"), ref=ref)
    attachment = get_object_or_404(dossier.attachments.select_related("blob", "dossier"), blob__sha256=sha256)
    reasons = why_not_write(request.user, dossier)
    try:
        if reasons:
            raise Refused(*reasons)
        detach(attachment, by=drafter_of(request.user, dossier))
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, _("“%(name)s” has been removed.") % {"name": attachment.name})
    return redirect("documents:attachments", ref)


@login_required
@require_GET
@csp({"default-src": [NONE], "sandbox": [True]})
def download(request, ref, sha256):
    """The bytes as they were attached, under their name, logged; a browser saves them and never opens them here."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), ref=ref)
    attachment = get_object_or_404(dossier.attachments.select_related("blob"), blob__sha256=sha256)
    AccessLog.objects.create(
        user=request.user, dossier=dossier, act=AccessLog.Kind.DOWNLOADED, detail=attachment.name[:300]
    )
    answer = FileResponse(attachment.blob.open(), as_attachment=True, filename=attachment.name)
    answer["Content-Type"] = attachment.blob.content_type
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
