"""The Vietnamese catalogue says everything the pages say, and keeps every placeholder."""

import re

import pytest

from config.launch import catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def vietnamese():
    return catalogue.read("vi")


@pytest.fixture(scope="module")
def said():
    return [message for message in catalogue.own_messages() if message.id]


def test_nothing_is_left_untranslated(vietnamese, said):
    assert len(said) > 300
    known = {(message.id, message.context) for message in vietnamese if message.id and _complete(message)}
    assert [message.id for message in said if (message.id, message.context) not in known] == []


def test_nothing_is_fuzzy_or_said_by_nobody(vietnamese, said):
    spoken = {(message.id, message.context) for message in [*said, *catalogue.borrowed()]}
    assert [message.id for message in vietnamese if message.id and message.fuzzy] == []
    assert [message.id for message in vietnamese if message.id and (message.id, message.context) not in spoken] == []


def test_every_placeholder_is_kept(vietnamese):
    wrong = [message.id for message in vietnamese if message.id and not _same_placeholders(message)]
    assert wrong == []


# What is no longer said: jargon, a second word for a thing that has one, a level of the union, a tone that orders.
NOT_SAID = {
    "hash and chain": r"mã băm|chuỗi",
    "the record is nhật ký": r"lịch sử xử lý|sổ ghi|sổ của cơ quan",
    "a demand is an opinion": r"điểm cần|\d\)s điểm(?! phần trăm)|các điểm|số điểm",
    "an appointment is a duty": r"giữ chức vụ|nhân sự",
    "late is quá hạn": r"\btrễ\b",
    "a seal is on no column": r"^niêm phong$",
    "a request says vui lòng": r"\bhãy\b|\bxin\b(?! chào)|[.,;:] đề nghị (?!khen)",
    "a colleague is đồng chí": r"\bhọ\b(?!( và)? tên)|người này|\bbạn\b",
    "a question has a subject": r"^có chắc chắn",
    "no level of the union": r"\bquận\b|quận ủy|\bthành ủy\b|(?<!tỉnh, )thành phố",
    "words are nội dung": r"\bchữ (đã|còn|đồng chí|đó)",
    "a click is no moment": r"thao tác tiếp theo",
}


@pytest.mark.parametrize("rule", NOT_SAID)
def test_the_office_keeps_to_its_words(vietnamese, rule):
    texts = [text for message in vietnamese if message.id for text in _texts(message.string)]
    assert [text for text in texts if re.search(NOT_SAID[rule], text, re.IGNORECASE)] == []


def test_no_sentence_in_english_names_a_level_of_the_union_either(said):
    names = re.compile(r"\b(district|Quận ủy|the City)\b")
    assert [message.id for message in said if names.search(_texts(message.id)[0])] == []


def _complete(message) -> bool:
    return all(_texts(message.string)) and not message.fuzzy


def _texts(value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def _same_placeholders(message) -> bool:
    asked = {found for text in _texts(message.id) for found in PLACEHOLDER.findall(text)}
    return all(set(PLACEHOLDER.findall(text)) <= asked for text in _texts(message.string)) and any(
        set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(_texts(message.id)[-1]))
        for text in _texts(message.string)
    )
