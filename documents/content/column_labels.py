"""What the columns of an outline's tables are called; a code without a word here is shown as it is written."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

LABELS = {
    "so_ky_hieu": _("number and symbol"),
    "ngay": _("date"),
    "loai": _("kind of document"),
    "trich_yeu": _("what it is about"),
    "hinh_thuc": _("way of doing it"),
    "so_cuoc": _("number of sessions"),
    "so_nguoi": _("number of people"),
    "danh_gia_hieu_qua": _("how effective"),
    "nam": _("year"),
    "chuyen_de": _("theme"),
    "so_lop": _("number of classes"),
    "so_luot_nguoi": _("number of attendances"),
    "ten_mo_hinh": _("name of the model"),
    "noi_dung": _("content"),
    "thoi_gian": _("period or time"),
    "ket_qua": _("results"),
    "kha_nang_nhan_rong": _("how it can spread"),
    "cap": _("awarding level"),
    "tap_the": _("number of collectives"),
    "ca_nhan": _("number of individuals"),
}


def column_label(code: str) -> str:
    return capfirst(str(LABELS.get(code, code.replace("_", " "))))
