"""What reports bring to the engine's pages."""

from documents.register import elsewhere
from documents.reports.comparing import report_part
from documents.reports.outline_steps import place_url
from documents.reports.parts import title
from documents.reports.report import Report
from workflow.kinds import Kind

REPORT = Kind(
    model=Report,
    template="papers/report.html",
    aside_template="papers/aside.html",
    edit_url_name="documents:edit",
    preview_url_name="documents:preview",
    elsewhere=elsewhere.address,
    reads=report_part,
    title=title,
    place_address=place_url,
)
