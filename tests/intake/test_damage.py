"""No damage is worse than a refusal."""

import io
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.uploads import Unacceptable, inspect
from intake.uploads.pdf.reading import fault
from tests.intake.making import jpeg_file, pdf_file, png_file, stream, word_file, workbook_file

WHOLE = {
    "a.docx": word_file(), "a.xlsx": workbook_file(), "a.png": png_file(), "a.jpg": jpeg_file(),
    "a.pdf": pdf_file(stream(b"x"), root=b"/OpenAction 4 0 R", page=b"/Annots[<</A<</S/URI/URI(https://a.vn)>>>>]"),
}  # fmt: skip


@st.composite
def damaged(draw):
    name = draw(st.sampled_from([*WHOLE]))
    data = bytearray(WHOLE[name])
    for at, value in draw(st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=8)):
        data[at] = value
    return name, bytes(data[: draw(st.integers(0, len(data)))]) if draw(st.booleans()) else bytes(data)


@given(damaged())
@settings(deadline=None)
def test_no_damage_is_ever_worse_than_a_refusal(file):
    name, data = file
    if name == "a.pdf":
        assert fault(data) is None or isinstance(fault(data)[0], str)  # without the process around it, which takes time
        return
    with suppress(Unacceptable):
        inspect(io.BytesIO(data), name)
