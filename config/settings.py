"""Settings: the environment first, each variable with a default that serves the demonstration. See docs/deploy.md."""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.urls import reverse

from config.launch import connection, secret

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("TRINH_VAR") or BASE_DIR / "var").resolve()

DEBUG = os.environ.get("TRINH_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("TRINH_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
HTTPS = os.environ.get("TRINH_HTTPS") == "1"
SECRET_KEY = os.environ.get("TRINH_SECRET_KEY") or secret.kept_in(VAR / "secret_key")
ROLE = connection.OWNER if os.environ.get("TRINH_DB_ROLE") == "owner" else connection.APP
MAINTENANCE = ROLE == connection.OWNER  # one command of the owner's, never the server
ONE_DATABASE_ROLE = os.environ.get("TRINH_ONE_DATABASE_ROLE") == "1"  # /health/ says so
DEFAULT_FROM_EMAIL = os.environ.get("TRINH_MAIL_FROM", "trinh@localhost")
SITE_URL = os.environ.get("TRINH_URL", "http://localhost:8000").rstrip("/")  # what links in mails begin with
EMAIL_HOST = os.environ.get("TRINH_MAIL_HOST", "")
EMAIL_USE_TLS = os.environ.get("TRINH_MAIL_TLS") == "starttls"
EMAIL_USE_SSL = os.environ.get("TRINH_MAIL_TLS") == "tls"
EMAIL_PORT = int(os.environ.get("TRINH_MAIL_PORT") or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25))
EMAIL_HOST_USER = os.environ.get("TRINH_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TRINH_MAIL_PASSWORD", "")
EMAIL_TIMEOUT = 20  # seconds for each answer of the mail server
EMAIL_BACKEND = f"{'workflow.notices.smtp' if EMAIL_HOST else 'django.core.mail.backends.filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mails"

DATABASES = {"default": connection.django(connection.url(ROLE, VAR))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Counts of failed sign-ins live here: guessing at many names must not push them out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "accounts.signing_in.session_store"

INSTALLED_APPS = [
    "accounts",
    "ledger",
    "workflow",
    "audit",
    "administration",
    "documents",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_fsm",
    "django_htmx",
    "django_prose_editor",
    "guardian",
    "procrastinate.contrib.django",
    "simple_history",
    "treebeard",
    "config.apps.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "config.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.signing_in.sessions.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.signing_in.first_password.FirstPassword",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.too_big.TooBig",
]
ROOT_URLCONF = "config.urls"
ABSOLUTE_URL_OVERRIDES = {"workflow.dossier": lambda dossier: reverse("workflow:dossier", args=[dossier.ref])}
FORM_RENDERER = "vietnamese.renderer.Renderer"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "config.frame.frame",
                "csp.context_processors.nonce",
                "django.template.context_processors.i18n",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# Who signs in, and what they may do
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.AppointmentBackend",
    "workflow.rights.permissions.DossierBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"accounts.passwords.{name}"} for name in ("LengthValidator", "TriedFirstValidator")
]
ANONYMOUS_USER_NAME = None  # guardian's: nobody has rights before signing in
SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # a dossier's grants are answered for by DossierBackend
    "security.W021",  # a browser's built-in list of HTTPS sites is for the whole domain's owner to join
]
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.signing_in.adapter.OfficeAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key", "reauthenticate": "10/5m/user"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRINH_PROXIES") or 0)
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "accounts.signing_in.second_factor.OfficeMFAAdapter"
MFA_FORMS = {
    name: f"accounts.signing_in.second_factor.{form}"
    for name, form in {
        "activate_totp": "ActivationForm",
        "add_webauthn": "NewKeyForm",
        "authenticate": "CodeForm",
        "authenticate_webauthn": "KeyForm",
        "login_webauthn": "PasskeyForm",
        "reauthenticate": "CodeAgainForm",
        "reauthenticate_webauthn": "KeyAgainForm",
    }.items()
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # a browser still asks for https, or localhost
MFA_TOTP_ISSUER = "Trình"

# Language, dates and numbers
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "vietnamese.formats"
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# Files
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", VAR / "fonts"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # the text of a form; files are streamed to disk and measured one by one
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# What a browser may do with our pages
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (f"{'__Host-' if HTTPS else ''}{name}" for name in ("session", "csrf"))
SESSION_COOKIE_AGE = 12 * 60 * 60  # accounts.signing_in.sessions ends it earlier
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # a load balancer asks without TLS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# An error is told on the server's own output, whoever reads it there; a page tells nothing of it
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"output": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["output"], "level": "ERROR", "propagate": False}},
}

# What the worker does
PROCRASTINATE_IMPORT_PATHS = [
    "workflow.errands",
    "workflow.notices.rounds",
    "administration.jobs",
    "administration.people_import.checking",
    "administration.people_import.importing",
    "workflow.search.reindexing",
    "documents.progress.reminders",
]
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 25 * 3600}  # what a worker missed in a day it does as it comes up
