"""Addresses of OFFICE: the administrators' pages, and everybody's own delegations."""

from django.urls import path

from administration import health
from administration.appointments import pages as appointments
from administration.delegations import pages as delegations
from administration.people import pages as people
from administration.people_import import pages as people_import
from administration.security import pages as security
from administration.units import pages as units

app_name = "administration"
urlpatterns = [
    path("office/", units.units, name="office"),
    path("office/units/new/", units.unit_new, name="unit-new"),
    path("office/units/found/", people.matching_units, name="units-found"),
    path("office/units/<int:pk>/", units.unit, name="unit"),
    path("office/units/<int:pk>/details/", units.unit_change, name="unit-change"),
    path("office/units/<int:pk>/place/", units.unit_move, name="unit-move"),
    path("office/units/<int:pk>/closure/", units.unit_closure, name="unit-closure"),
    path("office/people/", people.people, name="people"),
    path("office/people/new/", people.person_new, name="person-new"),
    path("office/people/<uuid:ref>/", people.person, name="person"),
    path("office/people/<uuid:ref>/details/", people.person_change, name="person-change"),
    path("office/people/<uuid:ref>/deactivation/", people.person_deactivation, name="person-deactivation"),
    path("office/people/<uuid:ref>/reactivation/", people.person_reactivation, name="person-reactivation"),
    path("office/appointments/", appointments.appointments, name="appointments"),
    path("office/appointments/new/", appointments.appointment_new, name="appointment-new"),
    path("office/appointments/<uuid:ref>/ending/", appointments.appointment_ending, name="appointment-ending"),
    path("people/found/", people.matching_people, name="people-found"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/new/", delegations.delegation_new, name="delegation-new"),
    path("delegations/decisions/", delegations.delegated_decisions, name="delegated-decisions"),
    path("delegations/<uuid:ref>/", delegations.delegation, name="delegation"),
    path("delegations/<uuid:ref>/revocation/", delegations.revocation, name="revocation"),
    path("office/security/", security.policies, name="office-security"),
    path("office/security/people/<uuid:ref>/", security.person, name="person-security"),
    path("office/security/people/<uuid:ref>/password/", security.one_time_password, name="person-password"),
    path("office/security/people/<uuid:ref>/factors/", security.factor_removal, name="person-factors"),
    path("office/health/", health.office_health, name="office-health"),
    path("office/import/", people_import.imports, name="people-import"),
    path("office/import/template/", people_import.blank, name="people-import-template"),
    path("office/import/current/", people_import.current, name="people-import-current"),
    path("office/import/<uuid:ref>/", people_import.one_import, name="people-import-one"),
    path("office/import/<uuid:ref>/confirmation/", people_import.confirmation, name="people-import-confirmation"),
]
