"""The words that papers are read under, sealed once and named by every version: what they lose, the verifier tells."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from audit.verification.verify import Tally, faults
from documents.campaigns.outline_loading import DATA, load_outline
from ledger.canonical import canonical, sha256
from tests.conftest import as_owner
from tests.documents.factories import Office, again, fill
from tests.documents.reports.races import together
from tests.founder import founder
from tests.ledger.test_side_doors import after
from tests.workflow.test_guards import NO_RIGHT, refused_sql, run
from workflow.comparison.sides import sides, titles
from workflow.decisions.back.recall import recall
from workflow.decisions.onward.submit import submit
from workflow.drafting import editing
from workflow.kinds import kind_of
from workflow.models import Wording

pytestmark = pytest.mark.django_db(transaction=True)
ASLEEP = "ALTER TABLE workflow_wording DISABLE TRIGGER USER"
ALTERED = "UPDATE workflow_wording SET words = overlay(words PLACING 'x' FROM 20)"
VERSIONS_ASLEEP = "ALTER TABLE workflow_version DISABLE TRIGGER USER"


@pytest.fixture
def office(transactional_db):
    return Office()


@pytest.fixture
def reports(office):
    """Two of one campaign, both submitted."""
    return [office.submitted(office.full_report(at)) for at in (office.school, office.company)]


def test_the_papers_of_a_campaign_share_their_words(office, reports):
    nomination = office.submitted(office.nomination())
    mine, yours, third = (paper.versions.get() for paper in (*reports, nomination))
    assert mine.wording == yours.wording != third.wording
    assert Wording.objects.count() == 2
    assert mine.wording.digest.encode() in bytes(mine.content)
    assert b"label" not in bytes(mine.content)
    assert mine.wording.by_place() == reports[0].read_under()
    assert canonical(mine.wording.by_place()) == bytes(mine.wording.words)
    assert list(faults(Tally())) == []


@pytest.fixture
def corrected(office, tmp_path):
    """A report whose outline was corrected between its two versions."""
    paper = office.submitted(office.full_report())
    recall(paper, by=office.drafter, seen=paper.seen(), key=uuid4(), note="Đề cương đổi")
    changed = tmp_path / "outline.yaml"
    newer = DATA.read_text().replace("version: 1", "version: 2").replace("Số cuộc kiểm tra", "Số lần kiểm tra")
    changed.write_text(newer)
    outline = load_outline(changed, by=founder())
    with editing.edit(again(paper), by=office.drafter) as draft:
        draft.outline = outline
        draft.save()
        fill(draft)
    return office.submitted(again(paper))


def test_each_version_is_read_under_its_own_words(corrected):
    first, second = corrected.versions.select_related("wording").order_by("number")
    then, now = first.wording.by_place(), second.wording.by_place()
    assert [place for place in now if then[place] != now[place]] == ["figure:cuoc_kiem_tra"]
    kind = kind_of(corrected)
    called = [titles(corrected, kind.title, it)["figure:cuoc_kiem_tra"] for it in sides(corrected, first, second)]
    assert called == ["Số cuộc kiểm tra, giám sát", "Số lần kiểm tra, giám sát"]
    assert list(faults(Tally())) == []


def test_words_first_sealed_by_two_at_once_are_sealed_once(office):
    papers = [office.full_report(at) for at in (office.school, office.company)]
    hands = [office.drafter, office.company_drafter]
    seen = [paper.seen() for paper in papers]

    def sent(place):
        return lambda: submit(papers[place], by=hands[place], seen=seen[place], key=uuid4())

    assert [event.version for event in together(sent(0), sent(1))] == [1, 1]
    assert Wording.objects.count() == 1
    assert list(faults(Tally())) == []


# --- what the database refuses ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "sql",
    ["UPDATE workflow_wording SET words = '{}'", "DELETE FROM workflow_wording", "TRUNCATE workflow_wording CASCADE"],
)
def test_sealed_words_stay_as_they_are(reports, sql):
    assert refused_sql(sql) == NO_RIGHT
    if not sql.startswith("TRUNCATE"):
        with as_owner():
            assert refused_sql(sql) == "TR010"


@pytest.mark.parametrize("words", [b'{"a":{"vi":"B"}}', b"[]"])
def test_words_under_another_hash_or_of_another_form_are_refused(db, words):
    digest = sha256(b"[]").hex()
    assert refused_sql("INSERT INTO workflow_wording (digest, words) VALUES (%s, %s)", digest, words) == "TR036"


def test_a_version_that_names_words_nobody_sealed_is_refused(office):
    paper = office.full_report()
    content = canonical({"read_under": "0" * 64})
    row = [paper.pk, content, sha256(content).hex()]
    sql = """INSERT INTO workflow_version (dossier_id, number, content, content_hash, sealed_at)
        VALUES (%s, 1, %s, %s, now())"""
    assert refused_sql(sql, *row) == "TR035"


# --- what the owner may do, and the verifier then says ---------------------------------------------------------------
def told(papers, what: str) -> list[str]:
    return sorted(f"dossier {paper.ref}: version 1: {what}" for paper in papers)


def test_altered_words_are_named_with_every_version_read_under_them(reports):
    with as_owner():
        found = after(ASLEEP, ALTERED)
    assert sorted(found) == told(reports, "the words it was read under are not what their hash says")


def test_altered_words_with_a_hash_that_fits_are_named_too(reports):
    with as_owner():
        found = after(ASLEEP, ALTERED, "UPDATE workflow_wording SET digest = encode(sha256(words), 'hex')")
    assert sorted(found) == told(reports, "the words beside it are not those it was read under")


def test_words_that_are_gone_are_named(reports):
    with as_owner():
        found = after(ASLEEP, "DELETE FROM workflow_wording")
    assert sorted(found) == told(reports, "the words it was read under are gone")


def test_a_version_moved_to_other_words_is_named(office, reports):
    office.submitted(office.nomination())
    with as_owner():
        last = "(SELECT max(id) FROM workflow_wording)"
        found = after(VERSIONS_ASLEEP, f"UPDATE workflow_version SET wording_id = {last}")  # noqa: S608
    assert sorted(found) == told(reports, "the words beside it are not those it was read under")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (ALTERED, "are not what their hash says"),
        ("DELETE FROM workflow_wording", "are gone"),
    ],
)
def test_words_changed_since_the_verified_point_are_news_of_their_dossiers(reports, tmp_path, change, what):
    point = str(tmp_path / "point")
    call_command("verify_ledger", "--mark", point, stdout=StringIO())
    with as_owner(), transaction.atomic():
        run(ASLEEP)
        run(change)
        with pytest.raises(CommandError) as broken:
            call_command("verify_ledger", "--all", "--since", point, stdout=StringIO())
        transaction.set_rollback(True)
    assert str(broken.value).count(f"the words it was read under {what}") == len(reports)
