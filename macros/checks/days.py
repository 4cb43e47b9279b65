"""Days that checks reckon; the ends of the calendar are never passed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def add_days(day: date, days: int) -> date:
    """Return the day `days` later, earlier when negative."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def end_of_month(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])
