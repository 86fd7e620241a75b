"""Django's way to the mail server, which remembers whether the server may have a mail already."""

import smtplib

from django.core.mail.backends import smtp


class _Minding:
    giving = False  # True from the first byte of a mail until the server's answer to it

    def data(self, msg):
        self.giving = True
        answer = super().data(msg)
        self.giving = False
        return answer


class _Plain(_Minding, smtplib.SMTP):
    """A line that may become safe by STARTTLS."""


class _Safe(_Minding, smtplib.SMTP_SSL):
    """A line by TLS from the start."""


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self):
        return _Safe if self.use_ssl else _Plain
