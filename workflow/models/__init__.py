from workflow.models.access import AccessLog
from workflow.models.dossier import Dossier, Editor
from workflow.models.event import Event, Opening
from workflow.models.grant import DossierUserObjectPermission
from workflow.models.mail import Mail, NoticeChoice
from workflow.models.notice import Notice, Reminder
from workflow.models.point import Point
from workflow.models.roster import RosterImport, RosterRow
from workflow.models.search import NameEntry, SearchEntry, UnitEntry
from workflow.models.version import Version

__all__ = [
    "AccessLog",
    "Dossier",
    "DossierUserObjectPermission",
    "Editor",
    "Event",
    "Mail",
    "NameEntry",
    "Notice",
    "NoticeChoice",
    "Opening",
    "Point",
    "Reminder",
    "RosterImport",
    "RosterRow",
    "SearchEntry",
    "UnitEntry",
    "Version",
]
