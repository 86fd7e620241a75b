"""The lines above a signature, as Decree 30/2020 (article 13, annex I) has them: TM., KT., Q., TUQ., TL."""

import re
from dataclasses import dataclass, field

from accounts.models import Authority, Prefix, Unit
from ledger.envelope import names_of
from ledger.models import Event
from vietnamese.text import fold, nfc

COMMITTEE, STANDING_COMMITTEE = "Ban Chấp hành", "Ban Thường vụ"
# Behind a post, where the head of the page says it already.
UNION = r"cđcs|cđ|lđlđ|nđ|công\s+đoàn|(?:tổng\s+)?liên\s+đoàn|nghiệp\s+đoàn"
OF_THE_BODY = r"(?<=chủ tịch)\s+(?:bch|btv|ban\s+chấp\s+hành|ban\s+thường\s+vụ)"  # which stands in the line above
ABBREVIATED = re.compile(
    r"^(?:đ/c\s+|đồng\s+chí\s+)?(phó\s+|quyền\s+|q\.?\s*|p[./]?\s*)?(?:ct(?:cđ(?:cs)?)?\b|chủ\s+tịch\b)\.?(\s+tt\b\.?)?",
    re.IGNORECASE,
)
MANNER = (
    r"\s+(?:thường\s+trực|thứ\s+nhất|điều\s+hành|(?:(?:không|bán)\s+)?chuyên\s+trách|phụ\s+trách(?:\s.*?)??)"
    r"|\s*\([^()]*\)"
)
POST = re.compile(
    rf"(?P<acting>quyền\s+|q\.\s*)?(?P<deputy>phó\s+|p\.\s*)?(?P<title>.+?)"
    rf"(?P<manner>{MANNER})?(?:(?:\s+(?:{UNION})|{OF_THE_BODY})\b.*)?",
    re.IGNORECASE,
)
# A dash, a stroke or “and” may stand within a title (“Trưởng ban Tuyên giáo - Nữ công”): what follows tells.
BEGINS_A_POST = (
    r"(?:phó|p?ct(?:cđ\w*)?\b|p\.|quyền|q\.|chủ\s+(?:tịch|nhiệm)|trưởng|chánh"
    r"|[ủu][ỷy]\s+viên|uv\w*|bí\s+thư|hiệu\s+trưởng)"
)
BETWEEN_POSTS = re.compile(
    rf"[,;&|+]|\s+(?:kiêm(?:\s+nhiệm)?|đồng\s+thời(?:\s+là)?)\s+"
    rf"|(?<!\bp)(?<!\bq)(?:\s*[-–—/]\s*|\.\s+|\s+và\s+)(?={BEGINS_A_POST})"
    r"|(?<=chủ tịch)(?:\s*[-–—/]\s*|\s+và\s+)",
    re.IGNORECASE,
)
HEAD_OF_THE_UNION = "chu tich"
OF_THE_UNION = re.compile(r"chu tich|chanh van phong|(?:truong ban|chu nhiem)\b.*")
# A deputy who is named by the body alone stands for its head.
HEADS_OF_BODIES = {"ban ": "Trưởng ", "phòng ": "Trưởng ", "khoa ": "Trưởng ", "văn phòng": "Chánh "}


def _spelled_out(match: re.Match) -> str:
    """PCT, Phó CT, Q. CT TT, P/Chủ tịch in whole words."""
    short = (match[1] or "").rstrip(" ./").lower()
    before = {"p": "Phó ", "q": "Quyền "}.get(short, match[1] or "")
    return f"{before}Chủ tịch{' Thường trực' if match[2] else ''}"


@dataclass(frozen=True)
class Post:
    """A post in its parts: “Phó Chủ tịch Thường trực CĐCS” is the deputy of a “Chủ tịch”."""

    title: str
    acting: bool = False
    deputy: bool = False
    manner: str = ""

    @classmethod
    def read(cls, text: str) -> "Post":
        """Of several posts, that at the head of the union, then that of a deputy in it; else all as they stand."""
        parts = [cls._parse(part) for part in BETWEEN_POSTS.split(text) if part.strip()]
        if len(parts) == 1:
            return parts[0]
        leading = [post for post in parts if post.deputy or post.acting]
        heads = [post for post in (*leading, *parts) if fold(post.title) == HEAD_OF_THE_UNION]
        deputies = [post for post in leading if OF_THE_UNION.fullmatch(fold(post.title))]
        return next(iter(heads + deputies), cls(text))

    @classmethod
    def _parse(cls, text: str) -> "Post":
        words = ABBREVIATED.sub(_spelled_out, text.strip().rstrip("."))
        match = POST.fullmatch(words)
        title, deputy = match["title"], bool(match["deputy"])
        if deputy:
            lower = f"{title.lower()} "
            title = "".join(head for body, head in HEADS_OF_BODIES.items() if lower.startswith(body)) + title
        return cls(title, bool(match["acting"]), deputy, match["manner"] or "")

    def __str__(self):
        return f"{'Q. ' if self.acting else ''}{'Phó ' if self.deputy else ''}{self.title}{self.manner}".upper()

    @property
    def lines(self) -> list[str]:
        """A deputy signs for the head."""
        return [f"KT. {self.title}".upper(), str(self)] if self.deputy else [str(self)]

    def is_beside(self, other: "Post") -> bool:
        """Do they stand at the head of the same body, one as its head and one as the deputy, or both as deputies?"""
        return (self.deputy or other.deputy) and fold(self.title) == fold(other.title)


@dataclass(frozen=True)
class Signer:
    """Who signs out of which post; of a delegate, for whose post and by what prefix."""

    body: str
    texts: dict = field(default_factory=dict)  # as sealed: post, at_unit, holder_post, holder_unit
    prefix: str = ""

    def lines(self) -> list[str]:
        """Each a line of the page; nothing but the body where the post is not known."""
        post, holder_post = self._text("post"), self._text("holder_post")
        if not self.prefix:
            return [self._behind("TM"), *(Post.read(post).lines if post else [])]
        if not (post and holder_post):  # no office of their own; the earliest record has the holder's post here
            return [self._behind(self.prefix)]
        own = Post.read(post)
        if self._is_elsewhere():
            return [self._behind(self.prefix), f"{own} {self._text('at_unit')}".strip().upper()]
        if own.is_beside(Post.read(holder_post)):
            return [self._behind("TM"), *own.lines]
        if self.prefix == Prefix.TL and own.deputy:  # what is signed by order may be passed on to a deputy
            return [self._behind("TL"), *own.lines]
        return [self._behind(self.prefix), str(own) if own.acting else post.upper()]

    def _text(self, name: str) -> str:
        return " ".join(nfc(self.texts.get(name, "")).split())

    def _behind(self, prefix: str) -> str:
        return f"{prefix}. {self.body.upper()}"

    def _is_elsewhere(self) -> bool:
        return self.texts.get("at_unit") != self.texts.get("holder_unit")


def body_of(unit: Unit) -> str:
    """The collective body that is signed for: a Standing Committee where there are units below, else the Committee."""
    return COMMITTEE if unit.is_leaf() else STANDING_COMMITTEE


def unsigned(body: str) -> list[str]:
    return Signer(body).lines()


def of_authority(by: Authority, body: str) -> list[str]:
    """As this person would sign now."""
    return Signer(body, names_of(by), by.delegation.prefix if by.delegation else "").lines()


def of_event(event: Event, body: str) -> list[str]:
    """As it was signed, by the posts sealed then."""
    return Signer(body, event.texts, event.delegation.prefix if event.delegation else "").lines()


def in_whose_stead(lines: list[str]) -> str:
    """The line that says for whom somebody else than the head signed, if one did."""
    return next((line for line in lines if line.startswith(("KT. ", "TUQ. ", "TL. "))), "")
