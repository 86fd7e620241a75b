"""What every answer says to the browser, pages, downloads, static files and errors alike."""

ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
    " magnetometer=(), microphone=(), midi=(), payment=(), usb=(),"
    " publickey-credentials-create=(self), publickey-credentials-get=(self)",
}
NOT_KEPT = "no-store"  # neither the Back button after signing out nor a shared machine's disk shows a paper


class Headers:
    """Adds them last of all; what a view or the server of static files says of keeping, stands."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in (ALWAYS | {"Cache-Control": NOT_KEPT}).items():
            response.headers.setdefault(name, value)
        return response
