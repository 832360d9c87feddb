"""Django's settings, derived from the environment (see `environment.py`)."""

from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from tesselle.config import environment
from tesselle.config.languages import offered, translated
from tesselle.domain.local_time import use_our_zone_data
from tesselle.networks import app_names, use_figures

# Lets generic bases such as ModelForm[Channel] be written at run time too.
django_stubs_ext.monkeypatch()

ENVIRONMENT = environment.read()
try:
    use_figures(ENVIRONMENT.network_figures)
except LookupError as unknown:
    raise environment.SettingError(f"TESSELLE_NETWORK_FIGURES: {unknown}") from None

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
PUBLIC_URL = ENVIRONMENT.public_url
_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = sorted({_public.hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"})
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]
_https = _public.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SESSION_ENGINE = "tesselle.workspaces.sign_in.sessions"
SESSION_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = _https
# A name that begins so is taken by browsers only over TLS, for this host alone.
SESSION_COOKIE_NAME = "__Host-sessionid" if _https else "sessionid"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "tesselle.web",
    "tesselle.journal",
    "tesselle.mail",
    "tesselle.workspaces",  # above allauth, whose templates it replaces
    "tesselle.notify",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "tesselle.channels",
    "tesselle.library",
    "tesselle.strategy",
    "tesselle.audience",
    "tesselle.compose",
    "tesselle.links",
    "tesselle.ledger",
    "tesselle.review",
    "tesselle.plan",
    "tesselle.publish",
    "tesselle.engage",
    "tesselle.measure",
    "tesselle.learn",
    "tesselle.adapt",
    "tesselle.report",
    "tesselle.sandbox",
    "tesselle.academy",
    *app_names(),
]

_database = conninfo_to_dict(ENVIRONMENT.database_url)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.pop("dbname", "tesselle"),
        "USER": _database.pop("user", ""),
        "PASSWORD": _database.pop("password", ""),
        "HOST": _database.pop("host", ""),
        "PORT": _database.pop("port", ""),
        "OPTIONS": {key: value for key, value in _database.items() if value is not None},
        "CONN_MAX_AGE": 0,  # web processes keep theirs (ops/web_server)
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "tesselle.web.compression.CompressionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "tesselle.web.middleware.SecurityHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tesselle.web.middleware.SignInFirstMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tesselle.workspaces.middleware.WorkspaceMiddleware",
    "tesselle.workspaces.middleware.LanguageMiddleware",
    "tesselle.web.full_disk.FullDiskMiddleware",
    "tesselle.workspaces.middleware.SeenMiddleware",
]

# Counts of tries must hold across processes and machines; there is no other service than PostgreSQL.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tesselle.web.context.shell",
            ],
        },
    }
]

FORM_RENDERER = "tesselle.web.forms.FormRenderer"

ROOT_URLCONF = "tesselle.config.urls"
ASGI_APPLICATION = "tesselle.config.asgi.application"

AUTH_USER_MODEL = "workspaces.User"
AUTHENTICATION_BACKENDS = ["tesselle.workspaces.sign_in.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "tesselle.workspaces.sign_in.account.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "tesselle.workspaces.sign_in.forms.SignInForm",
    "add_email": "tesselle.workspaces.sign_in.forms.NewAddressForm",
}
ACCOUNT_MAX_EMAIL_ADDRESSES = 2  # the one in use, and a new one until it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody could register: a mail to strangers would help nobody
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
PASSWORD_RESET_TIMEOUT = 24 * 3600
MFA_ADAPTER = "tesselle.workspaces.sign_in.mfa.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody registers by themselves, and without mail nothing can be verified
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _public.hostname in ("localhost", "127.0.0.1")
SOCIALACCOUNT_ADAPTER = "tesselle.workspaces.sign_in.social.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
EMAIL_BACKEND = "tesselle.mail.backend.InstanceMailBackend"

LANGUAGE_CODE = "fr"
# Their names are Django’s own sentences, so that its catalogues translate them.
LANGUAGES = [(code, _(name)) for code, name in offered(ENVIRONMENT.languages, translated())]
LOCALE_PATHS = [str(Path(__file__).parent.parent / "locale")]
USE_I18N = True
use_our_zone_data()
USE_TZ = True
TIME_ZONE = "Europe/Zurich"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tesselle.config.static_files.Storage"},
}
MEDIA_ROOT = ENVIRONMENT.media_folder
MEDIA_S3 = ENVIRONMENT.s3
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "tesselle.config.log_lines.EventFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django.server": {"level": "WARNING"}, "pyvips": {"level": "WARNING"}},
}
