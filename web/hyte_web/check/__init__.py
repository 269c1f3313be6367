"""Checking an organisation: hand in a description, read the report, compare, and what falls due."""

from hyte_web.check import annotated, calendars, compared, report, start, template
from hyte_web.check.form import views
from hyte_web.check.part import check

__all__ = ["annotated", "calendars", "check", "compared", "report", "start", "template", "views"]
