"""Views of a `Result`: diffs for the terminal, a page for the browser, Markdown."""
