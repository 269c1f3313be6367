"""The areas: what the examples show side by side, and a page for each organisation of the registers."""

from hyte_web.areas import views
from hyte_web.areas.part import areas

__all__ = ["areas", "views"]
