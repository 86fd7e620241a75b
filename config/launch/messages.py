"""Compiles the catalogues of locale/ without gettext's own programs. `python -m config.launch.messages`."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"


def compile_all(locale: Path = LOCALE) -> None:
    """Bring every .mo up to its .po; fuzzy entries are left out, as gettext does."""
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            _compile(source, target)


def _compile(source: Path, target: Path) -> None:
    new = target.with_suffix(".mo.new")
    with source.open("rb") as text, new.open("wb") as compiled:
        write_mo(compiled, read_po(text, locale=source.parent.parent.name, domain=source.stem))
    new.replace(target)


if __name__ == "__main__":
    compile_all()
