"""How hard the laws are hunted: enough to find, soon enough to be run at each change."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("laws", max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
settings.load_profile("laws")
