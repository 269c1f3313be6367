"""Reading what an organisation says of itself."""

from hyte_graph.intake.description import Description
from hyte_graph.intake.reader import read_description

__all__ = ["Description", "read_description"]
