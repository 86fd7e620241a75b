"""The office of the workflow tests, for those who run it."""

from tests.workflow.conftest import administrator, english, kept, office

__all__ = ["administrator", "english", "kept", "office"]
