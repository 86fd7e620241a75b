"""The signs of numbered lists: 3. or a) or iv., the letters in Latin order or in that of the points of a law."""

import re

LATIN = "abcdefghijklmnopqrstuvwxyz"
POINTS = "abcdđeghiklmnopqrstuvxy"  # a, b, c, d, đ, e, g …: what a law or a plan counts its points by
LETTERS = {"a": LATIN, "đ": POINTS}
TYPES = ("1", "a", "A", "i", "I", "đ", "Đ")  # of a list, as its attribute names them
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_SMALL_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")  # to xxxix; c, d, l and m are letters
_MAX_NUMBER = 9999

Reading = tuple[str, int]  # (type of the list, number)


def sign(type: str, number: int) -> str:
    """What stands before the item: “a)” and “đ)” for small letters, a dot behind everything else."""
    if type not in TYPES or type == "1" or number < 1:
        return f"{number}."
    small = type.lower()
    text = _roman(number) if small == "i" else _letters(number, LETTERS[small])
    return f"{text})" if type in ("a", "đ") else f"{text if type.islower() else text.upper()}."


def readings(token: str) -> list[Reading]:
    """What a sign without its dot or bracket may count, the likeliest first; none when it is no number."""
    if token.isascii() and token.isdigit():
        return [("1", int(token))] if int(token) <= _MAX_NUMBER else []
    if token != token.lower() and token != token.upper():
        return []
    small = _small_readings(token.lower())
    return small if token.islower() else [(type.upper(), number) for type, number in small]


def _small_readings(letters: str) -> list[Reading]:
    roman = [("i", _value(letters))] if letters and _SMALL_ROMAN.fullmatch(letters) else []
    orders = LETTERS.items() if len(letters) == 1 else ()
    letter = [(type, order.index(letters) + 1) for type, order in orders if letters in order]
    return roman + letter if letters == "i" else letter + roman


def _letters(number: int, letters: str) -> str:
    """a … z, aa, ab …"""
    text = ""
    while number:
        number, place = divmod(number - 1, len(letters))
        text = letters[place] + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


def _value(roman: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in roman]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def for_browser() -> dict:
    """The orders as data, so that a page's script holds none of its own."""
    tokens = [*dict.fromkeys(LATIN + POINTS), *filter(None, map(_roman, range(40)))]
    read = {token: _small_readings(token) for token in tokens}
    return {"LATIN": LATIN, "POINTS": POINTS, "ROMAN": _ROMAN, "TYPES": TYPES, "READINGS": read}
