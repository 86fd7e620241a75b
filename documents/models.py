from documents.attachments.attachment import Attachment, Blob
from documents.awards.award import AwardType
from documents.awards.recipient import Recipient
from documents.campaigns.campaign import Campaign
from documents.campaigns.outline import Attestation, Indicator, Outline, Section
from documents.letters.models.dispatch import Dispatch, DispatchItem, DispatchRecipient, Purpose
from documents.letters.models.number_series import DocumentType, NumberSeries
from documents.letters.models.referral import Outcome, Referral
from documents.nominations.nomination import AwardNomination, PreviousAward
from documents.reports.report import Report
from documents.reports.rows import Figure, ReportAttestation, ReportSection

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
