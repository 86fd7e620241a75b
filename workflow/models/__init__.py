"""The table of contents: dossiers, their versions and points, notices and mail."""

from workflow.models.access import AccessLog
from workflow.models.chain import ByChain
from workflow.models.dossier import Dossier, Editor
from workflow.models.errand import Errand
from workflow.models.grant import DossierUserObjectPermission
from workflow.models.mail import Mail, NoticeChoice
from workflow.models.notice import Notice, Reminder
from workflow.models.point import Point
from workflow.models.return_count import ReturnCount
from workflow.models.search import NameEntry, SearchEntry, UnitEntry
from workflow.models.version import Version, Wording

__all__ = [
    "AccessLog",
    "ByChain",
    "Dossier",
    "DossierUserObjectPermission",
    "Editor",
    "Errand",
    "Mail",
    "NameEntry",
    "Notice",
    "NoticeChoice",
    "Point",
    "Reminder",
    "ReturnCount",
    "SearchEntry",
    "UnitEntry",
    "Version",
    "Wording",
]
