"""What is answered when a request cannot be read: too much at once is said to be too much, with the way back."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.shortcuts import render

from config.launch.clients import TOO_BIG


class TooBig:
    """Refuses what the web server did not keep because it was too large."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if TOO_BIG in request.META:
            raise RequestDataTooBig
        return self.get_response(request)


def bad_request(request, exception):
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)
