"""The files of a paper, as its page lists them."""

from django.urls import reverse

from documents.attachments.attachment import Attachment
from documents.content.places import by_place


def files(paper, points=()) -> list[dict]:
    """The files as components/files.html lists them."""
    points_by_place = by_place(points)
    kinds = dict(Attachment.Kind.choices)
    return [
        {
            "place": f"file:{file['sha256']}",
            "url": reverse("documents:attachment", args=[paper.ref, file["sha256"]]),
            "name": file["name"],
            "size": file["size"],
            "note": _with_points(kinds.get(file["kind"], ""), points_by_place.get(f"file:{file['sha256']}", [])),
        }
        for file in paper.parts.attachments
    ]


def _with_points(kind, points) -> str:
    return " · ".join([str(kind), *(point.text for point in points)])
