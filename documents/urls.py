"""Addresses of WHAT: English nouns; a dossier's own pages stand under its ref."""

from django.urls import path

from documents.attachments import pages as attachments
from documents.letters.pages import dispatches, referrals, register
from documents.nominations import pages as nominations
from documents.papers import editing
from documents.papers import pages as preview
from documents.progress import pages as campaigns
from documents.reports.pages import attestations, earlier, reports
from documents.reports.pages import sections as report_sections

app_name = "documents"
urlpatterns = [
    path("reports/", reports.report_list, name="reports"),
    path("reports/new/<int:pk>/<str:code>/", reports.report_begin, name="report-begin"),
    path("nominations/", nominations.nomination_list, name="nominations"),
    path("nominations/new/<int:pk>/<str:code>/", nominations.nomination_begin, name="nomination-begin"),
    path("dossiers/<uuid:ref>/edit/", editing.edit, name="edit"),
    path("dossiers/<uuid:ref>/edit/nomination/", nominations.nomination_edit, name="nomination-edit"),
    path("dossiers/<uuid:ref>/edit/attestations/", attestations.attestations, name="report-attestations"),
    path("dossiers/<uuid:ref>/edit/attachments/", attachments.attachments, name="attachments"),
    path("dossiers/<uuid:ref>/edit/attachments/<str:sha256>/removal/", attachments.removal, name="attachment-removal"),
    path("dossiers/<uuid:ref>/edit/sections/<str:code>/", report_sections.section, name="report-section"),
    path("dossiers/<uuid:ref>/edit/sections/<str:code>/earlier/", earlier.earlier, name="report-earlier"),
    path("dossiers/<uuid:ref>/preview/", preview.preview, name="preview"),
    path("dossiers/<uuid:ref>/attachments/<str:sha256>/", attachments.download, name="attachment"),
    path("campaigns/", campaigns.campaign_list, name="campaigns"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("dispatches/", dispatches.dispatch_list, name="dispatches"),
    path("dispatches/new/", dispatches.preparation, name="dispatch-new"),
    path("dispatches/<uuid:ref>/", dispatches.dispatch, name="dispatch"),
    path("dispatches/<uuid:ref>/signature/", dispatches.signature, name="dispatch-signature"),
    path("dispatches/<uuid:ref>/sending/", dispatches.sending, name="dispatch-sending"),
    path("dispatches/<uuid:ref>/cancellation/", dispatches.cancellation, name="dispatch-cancellation"),
    path("referrals/<int:pk>/reply/", referrals.reply, name="referral-reply"),
    path("register/", register.register, name="register"),
]
