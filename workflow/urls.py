"""Addresses of HOW: English nouns; whatever is done to a dossier stands under its ref."""

from django.urls import path, re_path
from django.urls.converters import UUIDConverter

from workflow.decisions.catalogue import VERB_PAGES
from workflow.pages import desk, dossier, health, notices, sharing
from workflow.pages.deciding import bulk, decision, points, signing
from workflow.pages.reading import compare, search

UUID = UUIDConverter.regex

app_name = "workflow"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("notices/", notices.notices, name="notices"),
    path("notices/reading/", notices.reading, name="reading"),
    path("notices/<int:pk>/reading/", notices.reading, name="notice-reading"),
    path("notices/choices/", notices.choices, name="notice-choices"),
    path("dossiers/<uuid:ref>/sharing/", sharing.sharing, name="sharing"),
    path("dossiers/<uuid:ref>/sharing/<uuid:person>/ending/", sharing.sharing_end, name="sharing-end"),
    path("office/notices/", notices.sent, name="mails-sent"),
    path("office/notices/<uuid:ref>/again/", notices.again, name="mail-again"),
    path("signing/", signing.signing, name="signing"),
    re_path(rf"^bulk/(?P<noun>{'|'.join(bulk.NOUNS)})/$", bulk.confirmation, name="bulk"),
    re_path(rf"^bulk/(?P<noun>{'|'.join(bulk.NOUNS)})/(?P<key>{UUID})/$", bulk.decisions, name="bulk-decisions"),
    path("bulk/<uuid:key>/", bulk.results, name="bulk-results"),
    path("search/", search.search, name="search"),
    path("search/names/", search.name_index, name="names"),
    path("health/", health.health, name="health"),
    path("dossiers/<uuid:ref>/", dossier.dossier, name="dossier"),
    path("dossiers/<uuid:ref>/points/", points.points, name="points"),
    path("dossiers/<uuid:ref>/points/<int:number>/", points.point, name="point"),
    path("dossiers/<uuid:ref>/compare/", compare.compare, name="compare"),
    re_path(rf"^dossiers/(?P<ref>{UUID})/(?P<noun>{'|'.join(VERB_PAGES)})/$", decision.decision, name="decision"),
]
