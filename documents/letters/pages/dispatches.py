"""Outgoing papers: the clerk prepares, the signatory signs, the clerk numbers and sends."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Role
from accounts.signing_in.step_up import deciding
from documents.campaigns.campaign import Campaign
from documents.letters import outgoing
from documents.letters.forms import CancellationForm, DispatchForm, WordlessForm
from documents.letters.letter import letter
from documents.register.dispatch import Dispatch
from documents.register.number_series import DocumentType
from ledger.canonical import canonical, sha256
from workflow.errors import AlreadyRecorded, Refused, Stale
from workflow.history.sentences import why_refused
from workflow.pages.keyed import read_only

PER_PAGE = 30


def capacity(user, role: Role, unit=None):
    """In what capacity this person holds a role of the records office, at one unit where it matters."""
    authorities = [by for by in user.authorities if by.role == role]
    return next((by for by in authorities if unit is None or by.unit.pk == unit.pk), None)


@login_required
def dispatch_list(request):
    """Papers of the offices within reach, the unsent first."""
    rows = Dispatch.objects.visible_to(request.user).select_related("unit", "prepared_by")
    if request.GET.get("state") in Dispatch.State.values:
        rows = rows.filter(state=request.GET["state"])
    context = {
        "page": Paginator(rows.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page")),
        "states": Dispatch.State.choices,
        "state": request.GET.get("state", ""),
        "clerk": capacity(request.user, Role.CLERK),
    }
    return render(request, "documents/letters/dispatches.html", context)


@login_required
def preparation(request):
    """Choose endorsed dossiers, the type, the subject and who gets it."""
    by = capacity(request.user, Role.CLERK)
    if by is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    initial = {"key": uuid4(), "dossiers": request.GET.getlist("dossier")}
    if request.GET.get("type") in DocumentType.values:
        initial["document_type"] = request.GET["type"]
    more = {"usual": _usual_recipients(by.unit), "earlier": _prepared_already(by, data)}
    form = DispatchForm(by.unit, data, initial=initial, **more)
    if form.is_bound and form.is_valid():
        try:
            paper = outgoing.prepare(list(form.cleaned_data["dossiers"]), by=by, **form.arguments())
            messages.success(request, _("Prepared. The signatory can now sign it."))
            return redirect("documents:dispatch", paper.ref)
        except Refused as refused:
            form.add_error(None, why_refused(refused))
            if isinstance(refused, AlreadyRecorded):  # what was typed since may become another paper
                form.data = form.data.copy()
                form.data["key"] = uuid4()
    return render(request, "documents/letters/dispatch_new.html", {"form": form}, status=422 if form.errors else 200)


def _prepared_already(by, data) -> Dispatch | None:
    """What a second press of the same button made the first time; its dossiers can be chosen in no other form."""
    form = WordlessForm(data)
    return (
        Dispatch.objects.filter(prepare_key=form.cleaned_data["key"], prepared_by=by.person).first()
        if form.is_valid()
        else None
    )


def _usual_recipients(unit) -> set[int]:
    campaigns = Campaign.objects.filter(organizer=unit)
    return set(campaigns.filter(usual_recipients__isnull=False).values_list("usual_recipients", flat=True))


def letter_or_404(user, ref) -> Dispatch:
    rows = Dispatch.objects.visible_to(user).select_related("unit", "prepared_by", "signed_for", "sent_by")
    return get_object_or_404(rows, ref=ref)


@login_required
def dispatch(request, ref):
    """The paper as it will be printed, what is to be done with it, and what the recipients answered."""
    return _page(request, letter_or_404(request.user, ref))


def _page(request, paper: Dispatch, refusals=(), cancellation=None, typed=(), status=200):
    items = list(paper.items.select_related("dossier__unit"))
    addresses = list(paper.addresses.select_related("recipient"))
    signatory = capacity(request.user, Role.SIGNATORY, paper.unit)
    clerk = capacity(request.user, Role.CLERK, paper.unit)
    context = {
        "dispatch": paper,
        "items": items,
        "addresses": addresses,
        "referrals": list(paper.referrals.select_related("recipient", "dossier")),
        "letter": letter(paper, items, addresses, signatory),
        "signatory": signatory,
        "clerk": clerk,
        "sign_reasons": outgoing.why_not_sign(paper, signatory) if signatory else [],
        "send_reasons": outgoing.why_not_send(paper, clerk) if clerk else [],
        "step": WordlessForm(initial={"key": uuid4(), "seen": shown(paper, items, addresses)}),
        "cancellation": cancellation or CancellationForm(),
        "refusals": refusals,
        "typed": typed,
    }
    return render(request, "documents/letters/dispatch.html", context, status=status)


def shown(paper: Dispatch, items, addresses) -> str:
    """What the page shows, in one word: words, dossiers at their versions, recipients, state."""
    words = [paper.state, paper.document_type, paper.subject, paper.body, paper.signer_name]
    carried = [[str(item.dossier.ref), item.content_hash, item.dossier.state] for item in items]
    return sha256(canonical([words, carried, [[it.recipient.code, it.purpose] for it in addresses]])).hex()


def _decide(request, ref, role: Role, step, known: str, done: str):
    """Take a step of the paper in this role, at what the page showed; refused, the page says why.

    `known`: where the paper keeps the key of this step, once taken. `done`: what is said then.
    """
    paper = letter_or_404(request.user, ref)
    by, form = capacity(request.user, role, paper.unit), WordlessForm(request.POST)
    if by is None or not form.is_valid():
        raise Http404
    key = form.cleaned_data["key"]
    try:
        if getattr(paper, known) != key:
            _refuse_if_changed(paper, form.cleaned_data["seen"])
        paper = step(paper, by=by, key=key)
    except Refused as refused:
        return _page(request, letter_or_404(request.user, ref), refusals=refused.reasons, status=409)
    messages.success(request, done % {"symbol": paper.symbol})
    return redirect("documents:dispatch", ref)


def _refuse_if_changed(paper: Dispatch, seen: str) -> None:
    items, addresses = paper.items.select_related("dossier"), paper.addresses.select_related("recipient")
    if seen != shown(paper, items, addresses):
        raise Stale(_("This paper has changed since you opened it. Read it again before you decide."))


@login_required
@require_POST
@deciding
def signature(request, ref):
    """Sign it for the Standing Committee."""
    done = _("Signed. The records clerk can now number and send it.")
    return _decide(request, ref, Role.SIGNATORY, outgoing.sign, "sign_key", done)


@login_required
@require_POST
@deciding
def sending(request, ref):
    """Take the number, date it and send it with all it carries."""
    done = _("%(symbol)s has been numbered, dated and sent.")
    return _decide(request, ref, Role.CLERK, outgoing.send, "send_key", done)


@login_required
@require_POST
@deciding
def cancellation(request, ref):
    """Give it up before it is sent; its dossiers may go into another paper."""
    paper = letter_or_404(request.user, ref)
    by, form = capacity(request.user, Role.CLERK, paper.unit), CancellationForm(request.POST)
    if by is None:
        raise Http404
    if not form.is_valid():
        return _page(request, paper, cancellation=form, status=422)
    try:
        outgoing.cancel(paper, by=by, reason=form.cleaned_data["reason"])
    except Refused as refused:
        return _page(
            request, letter_or_404(request.user, ref), refusals=refused.reasons, typed=read_only(form), status=409
        )
    messages.success(request, _("The outgoing paper has been cancelled."))
    return redirect("documents:dispatch", ref)
