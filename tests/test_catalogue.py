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
    return [message for message in catalogue.said() if message.id]


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
