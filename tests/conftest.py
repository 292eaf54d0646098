"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# No test depends on time: a busy machine makes any example slow once.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
