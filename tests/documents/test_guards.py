"""What the database refuses about outlines, files, letters and what sealed papers quote, whoever asks."""

import pytest

from documents.attachments.storing import attach
from documents.models import AwardType, Campaign
from tests.documents.factories import again, png
from tests.factories import rewritten, saved
from tests.workflow.test_guards import refused_sql, run

pytestmark = pytest.mark.django_db


def test_a_temporary_table_does_not_stand_before_the_outlines(office):
    run("CREATE TEMP TABLE documents_outline AS SELECT * FROM public.documents_outline")
    run("UPDATE pg_temp.documents_outline SET published_at = NULL")
    forged = "UPDATE public.documents_section SET title_vi = 'Giả' WHERE outline_id = %s"
    assert refused_sql(forged, office.campaign.outline_id) == "TR020"


def test_nor_before_the_letters(office):
    paper = office.sent(office.endorsed(office.nomination()))
    run("CREATE TEMP TABLE documents_dispatch AS SELECT * FROM public.documents_dispatch")
    run("UPDATE pg_temp.documents_dispatch SET state = 'prepared'")
    forged = "UPDATE public.documents_dispatchrecipient SET purpose = 'action' WHERE dispatch_id = %s"
    assert refused_sql(forged, paper.pk) == "TR025"


def test_what_is_known_of_a_file_never_changes(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    attach(office.nomination(), png(), by=office.drafter)
    assert refused_sql("UPDATE documents_blob SET sha256 = repeat('0', 64)") == "TR010"
    assert refused_sql("UPDATE documents_blob SET size = 1") == "TR010"
    assert refused_sql("DELETE FROM documents_blob") in {"TR010", "23503"}


@pytest.mark.parametrize(
    "change", ["plan_no = plan_no || '1'", "plan_date = plan_date + 1", "period_to = period_to - 1"]
)
def test_what_papers_quote_of_their_campaign_stays(office, change):
    sql = f"UPDATE documents_campaign SET {change} WHERE id = %s"  # noqa: S608 - our own words
    run(sql, office.campaign.pk)  # nobody has begun yet
    saved(Campaign.objects.get())
    office.submitted(again(office.full_report()))
    assert refused_sql(sql, office.campaign.pk) == "TR026"
    rewritten(Campaign.objects.all(), due_on="2030-01-01")


def test_what_nominations_quote_of_their_award_stays(office):
    award = office.award()
    rewritten(AwardType.objects.all(), code="GK")
    office.nomination(award)
    assert refused_sql("UPDATE documents_awardtype SET code = 'BK' WHERE id = %s", award.pk) == "TR026"
    rewritten(AwardType.objects.all(), valid_to="2030-01-01")
