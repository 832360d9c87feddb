"""What is measured: figures of networks, what people bring, what came of it, and whom one compares with."""

from tesselle.measure.models.brought import WEBSITE, BroughtRow, ExportMapping, FigureImport, SiteVisits
from tesselle.measure.models.business import BusinessResult, CostChoice, Spending
from tesselle.measure.models.figures import ChannelDay, FigureChoice, Mark, PastPost, Series, Snapshot
from tesselle.measure.models.peers import Peer, PeerFigure
from tesselle.measure.models.visit_source import VisitSource

__all__ = [
    "WEBSITE",
    "BroughtRow",
    "BusinessResult",
    "ChannelDay",
    "CostChoice",
    "ExportMapping",
    "FigureChoice",
    "FigureImport",
    "Mark",
    "PastPost",
    "Peer",
    "PeerFigure",
    "Series",
    "SiteVisits",
    "Snapshot",
    "Spending",
    "VisitSource",
]
