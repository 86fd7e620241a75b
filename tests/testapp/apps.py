"""How Django finds the memo, the tests' plainest kind of paper."""

from django.apps import AppConfig


class TestappConfig(AppConfig):
    name = "tests.testapp"
    label = "testapp"

    def ready(self):
        from tests.testapp.models import Memo
        from workflow.kinds import Kind, register

        register(Kind(Memo, template="papers/memo.html"))
