"""The table of contents: the models of every noun, listed for Django."""

from documents.attachments.attachment import Attachment, Blob
from documents.awards.award import AwardType
from documents.awards.recipient import Recipient
from documents.campaigns.campaign import Campaign
from documents.campaigns.outline import Attestation, Indicator, Outline, Section
from documents.nominations.nomination import AwardNomination, PreviousAward
from documents.register.dispatch import Dispatch, DispatchItem, DispatchRecipient, Purpose
from documents.register.number_series import DocumentType, NumberSeries
from documents.register.referral import Referral, ReferralOutcome
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
    "Outline",
    "PreviousAward",
    "Purpose",
    "Recipient",
    "Referral",
    "ReferralOutcome",
    "Report",
    "ReportAttestation",
    "ReportSection",
    "Section",
]
