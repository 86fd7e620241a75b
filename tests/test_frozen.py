"""Every table that hangs on a dossier is frozen with it, or stands here with the reason why not."""

import pytest
from django.apps import apps
from django.db import connection

from workflow.models import Dossier

NOT_FROZEN = {
    "workflow_dossier": "the row that moves; what it is cannot change, nor its subject while sealed",
    "workflow_accesslog": "who opened it, in any state; the program may only add",
    "workflow_dossieruserobjectpermission": "who may read it, in any state",
    "workflow_searchentry": "by what words it is found; made anew at will",
    "workflow_reminder": "when its turn was last called to mind, in any state",
    "documents_dispatchitem": "the letter that carries it, after it is sealed; the dispatch has its own guard",
    "documents_referral": "the replies to it, after it is forwarded",
    "documents_historicalfigure": "who typed what while drafting; not evidence",
    "documents_historicalreportsection": "who typed what while drafting; not evidence",
}


def hangs_on_a_dossier(model) -> bool:
    related = (getattr(field.remote_field, "model", None) for field in model._meta.local_fields if field.remote_field)
    return any(isinstance(target, type) and issubclass(target, Dossier) for target in related)


@pytest.mark.django_db
def test_every_table_of_content_is_frozen_with_its_dossier():
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid JOIN pg_proc ON tgfoid = pg_proc.oid
             WHERE NOT tgisinternal AND tgenabled = 'O' AND proname = 'workflow_freeze'
            """
        )
        frozen = {table for (table,) in cursor.fetchall()}
    every = apps.get_models(include_auto_created=True)
    hanging = {model._meta.db_table for model in every if hangs_on_a_dossier(model)}
    assert hanging - frozen == set(NOT_FROZEN)
