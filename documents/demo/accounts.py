"""Who one can sign in as, for the first look."""

from accounts.models import Role, User
from documents.demo.office import PASSWORD

USEFUL = [
    "chutich", "phochutich", "chuyenvien", "chuyenvien2", "vanthu", "kiemtra", "quantri", "cd001.1", "cd003.3",
    "cd006.3", "cd007.1", "cd007.2", "cd008.1", "cd009.1",
]  # fmt: skip
HEADINGS = ("Tài khoản", "Họ và tên", "Vai trò", "Đơn vị")


def table() -> str:
    """The useful accounts and their password in Vietnamese, in columns; nothing where they are not the office's."""
    people = {user.username: user for user in User.objects.filter(username__in=USEFUL)}
    if set(people) != set(USEFUL):
        return ""
    rows = [HEADINGS, *(_row(people[username]) for username in USEFUL)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join([*lines, "", _password(people["chutich"])])


def _row(user: User) -> tuple[str, ...]:
    authorities = user.authorities
    roles = dict.fromkeys(
        str(Role(by.role).label) + (" (được ủy quyền)" if by.delegation else "") for by in authorities
    )
    return user.username, user.full_name, ", ".join(roles), authorities[0].unit.short_name if authorities else ""


def _password(user: User) -> str:
    if user.check_password(PASSWORD):
        return f"Mật khẩu chung của các tài khoản: {PASSWORD}"
    return "Mật khẩu chung là mật khẩu đã đặt ở lần khởi động đầu tiên."
