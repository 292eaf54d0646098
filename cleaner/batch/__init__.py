"""Documents from sources through a `Cleaner` into sinks. A bad document is reported, not fatal."""
