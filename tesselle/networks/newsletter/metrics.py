"""Nothing is measured: opening is not tracked, and links are left as they were written."""

from collections.abc import Mapping

from tesselle.domain.metrics import Metric, MetricSource

METRICS: Mapping[Metric, MetricSource] = {}
