"""The address for whoever watches over the server."""

from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.cache import never_cache

from ledger.checks import rules_the_record


@never_cache
def health(request):
    """For whoever watches over the server: is it up, and can the program's role touch the record?"""
    exposed = rules_the_record()
    well = not exposed or settings.ONE_DATABASE_ROLE
    record = "one role, by choice" if exposed and well else "the role owns the record" if exposed else "guarded"
    return JsonResponse({"status": "ok" if well else "unsafe", "record": record}, status=200 if well else 503)
