"""All pages of meetings: calling one, the room, the items and the papers."""

from jcr.meetings import calling_pages, item_pages, meeting_pages
from jcr.meetings.blueprint import pages

__all__ = ["calling_pages", "item_pages", "meeting_pages", "pages"]
