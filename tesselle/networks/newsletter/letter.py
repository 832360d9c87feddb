"""The mail itself: plain text and simple HTML, the same bytes at every attempt.

The headers of lists are those of RFC 2369 (List-Unsubscribe), RFC 2919 (List-Id) and RFC 8058 (one click). No
picture that counts, no address of a link changed: what people read is nobody's business.
"""

import re
from collections.abc import Mapping
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from html import escape
from typing import Any

from tesselle.connectors.protocols import Addressee, StepCall
from tesselle.domain.content import Content
from tesselle.networks.newsletter.words import Words, words_in

_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP

SIGNATURE_MARK = "-- "
"""What stands below this line is no part of the text (RFC 3676, 4.3)."""

_SUBJECT_FROM_TEXT = 80
_PLAIN = re.compile(r"[!-<>-~](?: ?[!-<>-~])*")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]’»]")
_STYLE = (
    "margin:0 auto;max-width:36em;padding:24px 16px;"
    "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif"
)


def frozen_for(call: StepCall, to: Addressee) -> dict[str, Any]:
    """All that this one mail has of its own; the rest is the post's."""
    return {
        "to": to.address,
        "list": to.list_name,
        "language": to.language,
        "unsubscribe": to.unsubscribe,
        "id": message_id(call),
        "date": format_datetime(call.instant),
    }


def message_id(call: StepCall) -> str:
    """One for each step, kept over its attempts: a server that drops repeats knows them by it."""
    return f"<{call.key.replace('-', '')}@{call.account.facts['domain']}>"


def letter(content: Content, frozen: Mapping[str, Any], facts: Mapping[str, Any]) -> bytes:
    words = words_in(str(frozen["language"]))
    mail = MIMEMultipart("alternative", boundary=f"=_{re.sub(r'[^0-9a-zA-Z]', '', frozen['id'])[:40]}")
    for name, value in _headers(content, frozen, facts).items():
        mail[name] = value
    mail.attach(_part(plain(content, frozen, words), "plain"))
    mail.attach(_part(html(content, frozen, words), "html"))
    return mail.as_bytes(policy=mail.policy.clone(linesep="\r\n"))


def _part(text: str, kind: str) -> MIMEText:
    """In quoted-printable: most of it can be read as it is."""
    part = MIMEText("", kind, "utf-8")
    del part["Content-Transfer-Encoding"]
    part.set_payload(text, _UTF8)
    return part


def _headers(content: Content, frozen: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    leave = str(frozen["unsubscribe"])
    name = str(frozen["list"])
    list_id = f"{facts['list_id']}.{facts['domain']}"
    headers: dict[str, Any] = {
        "From": formataddr((name, str(facts["sender"]))),
        "To": str(frozen["to"]),
        "Subject": _unstructured(subject(content)),
        "Date": str(frozen["date"]),
        "Message-ID": str(frozen["id"]),
        "List-Id": f"<{list_id}>",
        "List-Unsubscribe": Header(f"<{leave}>", "us-ascii", maxlinelen=900),
    }
    if leave.startswith("https://"):  # RFC 8058, 3.1: one click takes https
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def subject(content: Content) -> str:
    """The title; without one, how the text begins. One line."""
    title = content.title or next((line for line in content.text.splitlines() if line.strip()), "")
    line = re.sub(r"[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029]", " ", title)
    if content.title or len(line) <= _SUBJECT_FROM_TEXT:
        return line
    return line[:_SUBJECT_FROM_TEXT].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _unstructured(text: str) -> str | Header:
    """As it is where that is safe, else in the encoded words of RFC 2047, which lose no space."""
    return (
        text if len(text) <= 60 and _PLAIN.fullmatch(text) else Header(text, "utf-8", header_name="Subject")
    )


def body_text(content: Content) -> str:
    """The words and, below them, the link they do not hold."""
    if not content.link or content.link in content.text:
        return content.text
    return f"{content.text}\n\n{content.link}" if content.text else content.link


def plain(content: Content, frozen: Mapping[str, Any], words: Words) -> str:
    why = words.why.format(list=frozen["list"])
    return f"{body_text(content)}\n\n{SIGNATURE_MARK}\n{why}\n{words.leave}\n{frozen['unsubscribe']}\n"


def html(content: Content, frozen: Mapping[str, Any], words: Words) -> str:
    """Readable in the dark and on a phone, without a picture or a script."""
    title = (
        f'<h1 style="font-size:1.4em;line-height:1.25">{escape(content.title)}</h1>\n'
        if content.title
        else ""
    )
    why = escape(words.why.format(list=frozen["list"]))
    leave = escape(str(frozen["unsubscribe"]), quote=True)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(str(frozen["language"])[:2])}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(subject(content))}</title></head>\n"
        f'<body>\n<div style="{_STYLE}">\n{title}{_paragraphs(body_text(content))}\n'
        f'<p style="margin-top:2em;border-top:1px solid #999;padding-top:1em;font-size:.85em">{why}<br>'
        f'<a href="{leave}">{escape(words.leave)}</a></p>\n</div>\n</body>\n</html>\n'
    )


def _paragraphs(text: str) -> str:
    blocks = [block for block in re.split(r"\n\s*\n", text) if block.strip()]
    return "\n".join(f"<p>{_linked(block)}</p>" for block in blocks)


def _linked(text: str) -> str:
    """Addresses become links, line ends stay line ends; everything else is text."""
    out, at = [], 0
    for found in _ADDRESS.finditer(text):
        address = escape(found[0], quote=True)
        out += [escape(text[at : found.start()]), f'<a href="{address}">{address}</a>']
        at = found.end()
    return "".join([*out, escape(text[at:])]).replace("\n", "<br>\n")
