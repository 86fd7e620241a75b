from documents.models.attachment import Attachment, Blob
from documents.models.award import AwardType
from documents.models.campaign import Campaign
from documents.models.dispatch import Dispatch, DispatchItem, DispatchRecipient, Purpose
from documents.models.nomination import AwardNomination, PreviousAward
from documents.models.number_series import DocumentType, NumberSeries
from documents.models.outline import Attestation, Indicator, Outline, Section
from documents.models.recipient import Recipient
from documents.models.referral import Outcome, Referral
from documents.models.report import Report
from documents.models.report_rows import Figure, ReportAttestation, ReportSection

__all__ = [
    "Attachment",
    "Attestation",
    "AwardNomination",
    "AwardType",
    "Blob",
    "Campaign",
    "Dispatch",
    "DispatchItem",
    "DispatchRecipient",
    "DocumentType",
    "Figure",
    "Indicator",
    "NumberSeries",
    "Outcome",
    "Outline",
    "PreviousAward",
    "Purpose",
    "Recipient",
    "Referral",
    "Report",
    "ReportAttestation",
    "ReportSection",
    "Section",
]
