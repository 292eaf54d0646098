"""Compiled loops give what their twins in Python give."""
