"""The pages of notices: the list, what was sent, and how they come."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Role
from workflow.models import Mail, Notice, NoticeChoice
from workflow.notices import inbox, outbox
from workflow.notices.mailing import post_soon
from workflow.pages.notice_choice import NoticeChoiceForm

PER_PAGE = 30


@login_required
def notices(request):
    """What I was told, in the page and by mail."""
    rows = inbox.notices_of(request.user).select_related("mail")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    choice = NoticeChoice.objects.filter(user=request.user).first() or NoticeChoice(user=request.user)
    context = {"page": page, "choice": choice, "mail_server": settings.EMAIL_HOST}
    return render(request, "workflow/notices/notices.html", context)


@login_required
@require_POST
def reading(request, pk=None):
    """Put one notice away, or all of them."""
    rows = Notice.objects.filter(user=request.user)
    if pk is not None:
        rows = rows.filter(pk=get_object_or_404(rows, pk=pk).pk)
    rows.filter(read_at=None).update(read_at=timezone.now())
    return redirect("workflow:notices" if "here" in request.POST else "workflow:desk")


@login_required
def choices(request):
    """Each at once, once a day, or not by mail; and in which language."""
    choice = NoticeChoice.objects.filter(user=request.user).first() or NoticeChoice(user=request.user)
    form = NoticeChoiceForm(request.POST or None, instance=choice)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your choice has been saved."))
        return redirect("workflow:notices")
    context = {"form": form, "mail_server": settings.EMAIL_HOST}
    return render(request, "workflow/notices/choices.html", context, status=422 if form.errors else 200)


@login_required
def sent(request):
    """What was sent to the people of my units: for administrators."""
    _administrators_only(request.user)
    mails = outbox.mails_of(request.user)
    state = request.GET.get("state", "")
    chosen = mails.filter(state=state) if state in Mail.State.values else mails
    context = {
        "page": Paginator(chosen.select_related("user", "again_by"), PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": [(code, Mail.label(code), n) for code, n in outbox.by_state(mails).items()],
        "sent": Mail.label(Mail.State.SENT),
        "days": outbox.by_day(mails),
        "without_address": outbox.without_address(request.user),
        "mail_server": settings.EMAIL_HOST,
    }
    return render(request, "workflow/notices/sent.html", context)


@login_required
@require_POST
def again(request, ref):
    """Send a mail again that failed, or of which nobody knows whether it went."""
    _administrators_only(request.user)
    mail = get_object_or_404(outbox.mails_of(request.user), ref=ref)
    if outbox.send_again(mail, by=request.user):
        post_soon()
        messages.success(request, _("The e-mail is queued again."))
    else:
        messages.info(request, _("This e-mail has been processed in the meantime."))
    return redirect("workflow:mails-sent")


def _administrators_only(user) -> None:
    if all(by.role != Role.ADMINISTRATOR for by in user.authorities):
        raise Http404
