"""What a browser complains of while somebody works: none of it is ever right."""

ASKED_AGAIN = {403, 404, 409, 422}  # pages of ours that refuse in words


class Watch:
    """Listens to every page of the contexts it is given."""

    def __init__(self):
        self.complaints: list[str] = []
        self.expected: list[str] = []  # a word of each complaint that the test itself brings about

    def over(self, context) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note("error in the page", error.error))
        context.on("response", self._response)
        context.on("requestfailed", self._failed)

    def _console(self, message) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self._note(message.type, message.text, message.location.get("url"))

    def _response(self, response) -> None:
        refused = response.status in ASKED_AGAIN and response.request.is_navigation_request()
        if response.status >= 400 and not refused:
            self._note(response.status, response.url)

    def _failed(self, request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a download, or a page left before it was all there
            self._note(request.failure, request.url)

    def _note(self, *words) -> None:
        said = " ".join(str(word) for word in words)
        if not any(word in said for word in self.expected):
            self.complaints.append(said)
