"""Cleaning on engines: Ray, Spark, datatrove, Hugging Face datasets. All run one function from a table to a table."""

from __future__ import annotations

from cleaner.engines.tables import CleanTable

__all__ = ["CleanTable"]
