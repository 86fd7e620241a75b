"""How Django finds the memo, the tests' plainest kind of paper."""

from django.apps import AppConfig


class TestappConfig(AppConfig):
    name = "tests.testapp"
    label = "testapp"

    def ready(self):
        from ledger.catalogue.guards import GUARDS
        from tests.testapp.models import Memo
        from workflow.guards import freeze
        from workflow.kinds import Kind, register

        GUARDS.add(freeze("testapp_memo", "dossier_ptr_id").sql)
        register(Kind(Memo, template="papers/memo.html"))
