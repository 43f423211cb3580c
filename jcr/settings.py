"""What the operator may set, read from the environment and checked once, at the start."""

from __future__ import annotations

import re
import secrets
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from jcr.figures import figures_of
from jcr.rule_sets import rule_sets_of
from mail_intake.mailbox import name_of

MINIMUM_SECRET = 32
IMAP = ("imap", "imaps", "imaps+microsoft", "imaps+google")
SMTP = ("smtp", "smtps", "smtp+microsoft", "smtp+google")
DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")
SERVER = re.compile(r"\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*")
RETENTION_YEARS = {
    "child": 10, "adult": 10, "domestic": 10, "not_reviewed": 10, "mail": 2, "drafts": 1, "requests": 6,
}  # fmt: skip
CLAMD = re.compile(r"unix:/.+|[^:\s]+:\d{1,5}|\[[0-9a-f:]+\]:\d{1,5}")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


class SettingsWrong(Exception):
    """The settings cannot be used; `lines` says what to change, one line a mistake."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class MailboxSetting(BaseModel):
    """Where a mailbox is, and the password that opens it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    password: str = Field(default="", repr=False)

    @field_validator("url")
    @classmethod
    def _url(cls, url: str) -> str:
        return _mail_url(url, IMAP, "imaps://USER@HOST/INBOX")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="JCR_", extra="ignore", frozen=True)

    environment: Literal["demonstration", "production"] = "demonstration"
    database_url: str = "sqlite:///var/jcr.db"
    secret_key: str = ""
    former_secret_keys: Annotated[tuple[str, ...], NoDecode] = ()  # the last one first
    base_url: str = "http://127.0.0.1:8000"
    mailbox_url: str = "maildir:var/mail/in"
    mailbox_password: str = ""
    more_mailboxes: tuple[MailboxSetting, ...] = ()  # [{"url": "imaps://...", "password": "..."}]
    silent_minutes: float = Field(default=15.0, ge=1, le=1440)
    oauth_tenant: str = "organizations"  # how this program is known to Microsoft or Google
    oauth_client_id: str = ""
    oauth_client_secret: str = ""
    oauth_secret_expires: date | None = None
    # Where the history's daily seals are written down, best on another machine
    seals_file: Path | None = None
    smtp_url: str = "maildir:var/mail/out"
    smtp_password: str = ""
    mail_address: str = "jcr@partnership.example"
    partnership: str = "Herefordshire Safeguarding Partnerships"
    office_contact: str = "Partnership Team, jcr@partnership.example"
    marking: str = "OFFICIAL-SENSITIVE"
    poll_seconds: float = Field(default=2.0, ge=0.2, le=3600)
    second_factor: bool | None = None  # asked of everybody who signs in; unless set, in production only
    # In front of us, each of which says who it asks for; unless set, one in production
    proxies: int | None = None
    # From one address, without an account
    public_requests_a_minute: int = Field(default=240, ge=20, le=100_000)
    # How long a link to somebody outside holds: no law names a figure. Data protection by design and by default
    # (UK GDPR, article 25) asks for no longer than the purpose; a scoping request is open for at most four weeks
    link_days: int = Field(default=28, ge=1, le=180)
    # At a browser after the code, since the last page
    outsider_minutes: int = Field(default=60, ge=5, le=480)
    # The virus scanner: unix:/run/clamav/clamd.ctl or HOST:PORT; nothing is scanned without one
    clamd: str = ""
    oidc_issuer: str = ""  # the organisation's own sign-in (OpenID Connect), such as Entra ID
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    oidc_name: str = "your organisation’s account"  # after the words "Sign in with"
    # What in amr or acr says that a second factor was shown there; "mfa" is RFC 8176
    oidc_strong: Annotated[tuple[str, ...], NoDecode] = ("mfa",)
    # Addresses are the organisation's own, though its tokens do not say so
    oidc_vouches_for_email: bool = False
    idle_minutes: float = Field(default=60.0, ge=5, le=720)
    session_hours: float = Field(default=12.0, ge=1, le=24)
    # How long a case opened in an emergency can be read: no law names a figure; a working half day
    emergency_hours: float = Field(default=4.0, ge=0.25, le=24)
    receiving_servers: Annotated[tuple[str, ...], NoDecode] = ()  # mx.example.gov.uk,.outlook.com
    # From which day of death Victims and Prisoners Act 2024 s.19 applies; it was not shown to be in force
    dardr_commenced_on: date | None = None
    one_off_bank_holidays: Annotated[tuple[date, ...], NoDecode] = ()  # 2026-12-24,2026-12-31
    # ToR 1: agreed each year; by agency in per cent
    cost_shares: dict[str, Decimal] = {
        "Herefordshire Council": Decimal(34),
        "Herefordshire and Worcestershire ICB": Decimal(33),
        "West Mercia Police": Decimal(33),
    }
    cost_shares_source: str = "Percentages not confirmed: set those that were agreed for the year"
    # How long a record is kept before it is reviewed, by kind, counted from its end: no law found sets a period
    retention_years: dict[str, int] = RETENTION_YEARS
    retention_source: str = (
        "Local policy: to be confirmed. No statutory period was found for the papers of reviews; ten years is what"
        " files about allegations against staff are reviewed at."
    )
    figures: dict[str, int | str] = {}  # those of `jcr.figures` that the partnership changes
    rule_sets: dict[str, dict[str, str]] = {}  # what the partnership says of those in `jcr.rule_sets`
    council_directorates_apart: bool = False  # quorum: law leaves it open; one legal body by default
    rapid_reviews_count_for_attendance: bool = True  # ToR 6 says "meetings" and leaves open which

    @field_validator("cost_shares")
    @classmethod
    def _shares(cls, parts: dict[str, Decimal]) -> dict[str, Decimal]:
        if sum(parts.values()) != 100 or any(part < 0 for part in parts.values()):
            raise ValueError('write percentages that make 100, such as {"Council": 50, "ICB": 50}')
        return parts

    @field_validator("figures")
    @classmethod
    def _figures(cls, changed: dict[str, int | str]) -> dict[str, int | str]:
        figures_of(changed)
        return changed

    @field_validator("rule_sets")
    @classmethod
    def _rule_sets(cls, changed: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        rule_sets_of(changed)
        return changed

    @field_validator("retention_years")
    @classmethod
    def _years(cls, years: dict[str, int]) -> dict[str, int]:
        if years.keys() - RETENTION_YEARS.keys() or any(not 1 <= number <= 150 for number in years.values()):
            raise ValueError(f"write years from 1 to 150 by kind: {', '.join(RETENTION_YEARS)}")
        return RETENTION_YEARS | years

    @field_validator("database_url")
    @classmethod
    def _database(cls, url: str) -> str:
        try:
            known = bool(urlsplit(url)) and make_url(url).drivername in DATABASES
        except (ArgumentError, ValueError):
            known = False
        if not known:
            raise ValueError("write sqlite:///PATH or postgresql://USER@HOST/NAME")
        return url

    @field_validator("mailbox_url")
    @classmethod
    def _mailbox(cls, url: str) -> str:
        return _mail_url(url, IMAP, "imaps://USER@HOST/INBOX")

    @field_validator("clamd")
    @classmethod
    def _scanner(cls, address: str) -> str:
        if address and not CLAMD.fullmatch(address):
            raise ValueError("write unix:/run/clamav/clamd.ctl or HOST:PORT")
        return address

    @field_validator("smtp_url")
    @classmethod
    def _smtp(cls, url: str) -> str:
        return _mail_url(url, SMTP, "smtp://USER@HOST:587")

    @field_validator("base_url")
    @classmethod
    def _base(cls, url: str) -> str:
        if not _is_web_address(url):
            raise ValueError("write the address people use, such as https://jcr.example.gov.uk")
        return url.rstrip("/")

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer(cls, issuer: str) -> str:
        if issuer and not _is_web_address(issuer):
            raise ValueError(
                "write the issuer as it stands in its tokens, such as https://login.example/tenant/v2.0"
            )
        return issuer

    @field_validator("oidc_strong", "former_secret_keys", mode="before")
    @classmethod
    def _listed(cls, words: Any) -> Any:
        if not isinstance(words, str):
            return words
        return tuple(word.strip() for word in words.split(",") if word.strip())

    @field_validator("mail_address")
    @classmethod
    def _address(cls, address: str) -> str:
        if not ADDRESS.fullmatch(address):
            raise ValueError("write one e-mail address, such as jcr@example.gov.uk")
        return address

    @field_validator("partnership", "office_contact", "marking")
    @classmethod
    def _one_line(cls, text: str) -> str:
        if not text.isprintable():
            raise ValueError("write it on one line: it stands at the head of letters and pages")
        return text

    @field_validator("receiving_servers", mode="before")
    @classmethod
    def _servers(cls, names: Any) -> Any:
        if not isinstance(names, str):
            return names
        servers = tuple(
            name.strip(' "').lower() for name in names.strip("[] ").split(",") if name.strip(' "')
        )
        if not all(SERVER.fullmatch(name) for name in servers):
            raise ValueError("write names with commas between them, such as mx.example.gov.uk,.outlook.com")
        return servers

    @field_validator("one_off_bank_holidays", mode="before")
    @classmethod
    def _days(cls, days: Any) -> Any:
        if not isinstance(days, str):
            return days
        try:
            return tuple(
                date.fromisoformat(day.strip(' "')) for day in days.strip("[] ").split(",") if day.strip()
            )
        except ValueError:
            raise ValueError("write days with commas between them, such as 2026-12-24,2026-12-31") from None

    @property
    def mailboxes(self) -> tuple[MailboxSetting, ...]:
        """Every mailbox that is read, the first one first."""
        return MailboxSetting(url=self.mailbox_url, password=self.mailbox_password), *self.more_mailboxes

    @property
    def mailbox_names(self) -> tuple[str, ...]:
        """What the ledger calls them."""
        return tuple(name_of(mailbox.url) for mailbox in self.mailboxes)

    @property
    def uses_tokens(self) -> bool:
        """Whether a mailbox or the post is opened by access tokens instead of a password."""
        urls = (self.smtp_url, *(mailbox.url for mailbox in self.mailboxes))
        return any("+" in url.partition(":")[0] for url in urls)

    @property
    def silence(self) -> timedelta:
        """How long a mailbox may go unread before the administrators are told."""
        return timedelta(minutes=self.silent_minutes)

    @property
    def idle(self) -> timedelta:
        """How long somebody may leave the pages alone and stay signed in."""
        return timedelta(minutes=self.idle_minutes)

    @property
    def longest_session(self) -> timedelta:
        """How long one sign-in holds, however busy somebody is."""
        return timedelta(hours=self.session_hours)

    @property
    def emergency(self) -> timedelta:
        """How long somebody reads a case that they opened in an emergency."""
        return timedelta(hours=self.emergency_hours)

    @property
    def trusted_proxies(self) -> int:
        """How many of the addresses a request came through were written by proxies of ours."""
        return int(self.is_production) if self.proxies is None else self.proxies

    @property
    def asks_second_factor(self) -> bool:
        """Whether everybody must have one; whoever set one up is asked for it anyway."""
        return self.is_production if self.second_factor is None else self.second_factor

    @property
    def is_production(self) -> bool:
        return self.environment == "production"


def _is_web_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _mail_url(url: str, schemes: tuple[str, ...], example: str) -> str:
    parts = urlsplit(url)
    if parts.scheme == "maildir" and parts.path:
        return url
    if parts.scheme not in schemes or not parts.hostname or not _good_port(parts):
        raise ValueError(f"write {example} or maildir:FOLDER")
    if parts.scheme.startswith("imap") and not parts.username:
        raise ValueError(f"name the user of the mailbox: write {example}")
    if parts.password:
        raise ValueError("leave the password out of the address; it has a setting of its own")
    return url


def _good_port(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:  # no number, or too large
        return False


def load(secret_file: Path = Path("var/secret"), **changes: object) -> Settings:
    """The settings of this machine; `changes` override the environment (tests, `--port`).

    Raises SettingsWrong with one line for each mistake.
    """
    try:
        settings = Settings(**changes)  # type: ignore[arg-type]
    except ValidationError as wrong:
        raise SettingsWrong([_line(error) for error in wrong.errors()]) from None
    if not settings.secret_key and not settings.is_production:
        settings = settings.model_copy(update={"secret_key": _own_secret(secret_file)})
    problems = _problems(settings)
    if problems:
        raise SettingsWrong(problems)
    return settings


def _line(error: object) -> str:
    assert isinstance(error, dict)
    name = "JCR_" + str(error["loc"][0]).upper() if error["loc"] else "settings"
    return f"{name}: {error['msg'].removeprefix('Value error, ')}"


def _problems(settings: Settings) -> list[str]:
    lines = []
    if len(settings.secret_key) < MINIMUM_SECRET:
        lines.append(f"JCR_SECRET_KEY: set a random text of at least {MINIMUM_SECRET} characters")
    if any(len(key) < MINIMUM_SECRET for key in settings.former_secret_keys):
        lines.append("JCR_FORMER_SECRET_KEYS: write them whole, with commas between them")
    if settings.is_production and not settings.base_url.startswith("https://"):
        lines.append("JCR_BASE_URL: a production system is reached over https://")
    if settings.is_production and not settings.asks_second_factor:
        lines.append("JCR_SECOND_FACTOR: a production system asks for it; take the setting out")
    if settings.oidc_issuer and not (settings.oidc_client_id and settings.oidc_client_secret):
        lines.append("JCR_OIDC_CLIENT_ID and JCR_OIDC_CLIENT_SECRET: the organisation's sign-in wants both")
    if settings.is_production and settings.oidc_issuer.startswith("http:"):
        lines.append("JCR_OIDC_ISSUER: a production system asks it over https://")
    if settings.uses_tokens and not (settings.oauth_client_id and settings.oauth_client_secret):
        lines.append("JCR_OAUTH_CLIENT_ID and JCR_OAUTH_CLIENT_SECRET: Microsoft or Google want both")
    return lines


def _own_secret(path: Path) -> str:
    """The demonstration's own secret, made once and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()
