"""Exports of YouTube as Google Takeout makes them, written for a test."""

from __future__ import annotations

import html
from typing import Any

STYLES = "<style>" + ".mdl-grid{display:flex}" * 6_000 + "</style>"
"""A page begins with more of them than what is looked at of other files."""
_OUTER = "outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp"
_BODY = "content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1"
_CAPTION = "content-cell mdl-cell mdl-cell--12-col mdl-typography--caption"


def watched(key: str, title: str, **more: object) -> dict[str, Any]:
    """An entry of the JSON, of an account in English."""
    return {
        "header": "YouTube",
        "title": f"Watched {title}",
        "titleUrl": f"https://www.youtube.com/watch?v={key}",
        "subtitles": [{"name": "A channel", "url": "https://www.youtube.com/channel/UC1"}],
        "time": "2021-12-03T15:02:58.289Z",
        "products": ["YouTube"],
        "activityControls": ["YouTube watch history"],
    } | more


def cell(
    key: str,
    title: str,
    *,
    at: str = "Dec 3, 2021, 3:02:58\u202fPM UTC",
    header: str = "YouTube",
    details: str = "",
    said: str = "Watched",
) -> str:
    """An entry of the page."""
    link = f'<a href="https://www.youtube.com/watch?v={key}">{html.escape(title)}</a><br>'
    channel = '<a href="https://www.youtube.com/channel/UC1">A channel</a><br>'
    return (
        f'<div class="{_OUTER}"><div class="mdl-grid">'
        '<div class="header-cell mdl-cell mdl-cell--12-col">'
        f'<p class="mdl-typography--title">{header}<br></p></div>'
        f'<div class="{_BODY}">{said}\xa0{link if key else ""}{channel if key else ""}{at}<br>'
        f'</div><div class="{_BODY} mdl-typography--text-right"></div>'
        f'<div class="{_CAPTION}"><b>Products:</b><br>&emsp;YouTube<br>{details}</div>'
        "</div></div>"
    )


def page(*cells: str, styles: str = STYLES) -> str:
    """The page of a history."""
    head = f"<html><head><title>History</title>{styles}</head>"
    return f'{head}<body><div class="mdl-grid">{"".join(cells)}</div></body></html>'


AD = "<b>Details:</b><br>&emsp;From Google Ads<br>"
PLAYLIST = "Video ID,Playlist Video Creation Timestamp\n"
