"""The local review page: a person keeps, removes and relabels, and every decision is on disk before the page says so."""
