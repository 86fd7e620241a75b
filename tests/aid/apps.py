from django.apps import AppConfig


class AidConfig(AppConfig):
    name = "tests.aid"
    label = "aid"

    def ready(self):
        from tests.aid.models import AidRequest
        from workflow.kinds import Kind, register

        register(Kind(AidRequest, template="aid/paper.html", edit_url_name="aid:edit"))
