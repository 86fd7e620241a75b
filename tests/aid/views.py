from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render

from accounts.models import Role
from tests.aid.forms import AidForm, BeginAid
from tests.aid.models import AidRequest
from workflow.drafting import editing
from workflow.errors import Refused


@login_required
def begin(request):
    """A drafter begins a request of their own unit."""
    by = next(by for by in request.user.authorities if by.role == Role.DRAFTER)
    form = BeginAid(request.POST or None, initial={"key": uuid4()})
    if form.is_valid():
        form.instance.unit, form.instance.subject = by.unit, f"Hardship aid: {form.instance.member}"
        try:
            event = editing.create(form.instance, by=by, key=form.cleaned_data["key"])
            return redirect("aid:edit", event.chain)
        except Refused as refused:
            form.add_error(None, refused.reasons)
    return render(request, "aid/form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def edit(request, ref):
    """Write it, while it is open."""
    aid = get_object_or_404(AidRequest.objects.visible_to(request.user), ref=ref)
    form = AidForm(request.POST or None, instance=aid)
    if form.is_valid():
        try:
            by = next((by for by in request.user.authorities if by.role == Role.DRAFTER), request.user.authorities[0])
            with editing.edit(aid, by=by):
                form.instance.save(update_fields=form.fields)
            return redirect(aid)
        except Refused as refused:
            form.add_error(None, refused.reasons)
    return render(request, "aid/form.html", {"form": form}, status=422 if form.errors else 200)
