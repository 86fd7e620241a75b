from django.apps import AppConfig


class AidConfig(AppConfig):
    name = "tests.aid"
    label = "aid"
