"""Every error that `cleaner` raises on purpose. Each keeps its parts and says what to do next."""

from __future__ import annotations

from pathlib import Path


class CleanerError(Exception):
    """The base of all of them: `except cleaner.CleanerError` catches whatever is raised on purpose."""

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders in `clean_many`; the default would call the class with the message alone.
        return _restore, (type(self), self.args, self.__dict__)


def _restore(kind: type[CleanerError], arguments: tuple[object, ...], parts: dict[str, object]) -> CleanerError:
    error = kind.__new__(kind)
    error.args = arguments
    error.__dict__.update(parts)
    return error


class InputError(CleanerError, ValueError):
    """A document that cannot be cleaned."""


class InputTooLarge(InputError):
    """A document longer than `Options.max_chars`."""

    def __init__(self, length: int, limit: int) -> None:
        #: code points (or bytes, where decoding was not tried) of the document
        self.length = length
        #: `Options.max_chars`
        self.limit = limit
        super().__init__(
            f"the document has {length:,} characters, the limit is {limit:,}: split it, or raise the limit with Options(max_chars=…)"
        )


class NotText(InputError):
    """Bytes that are no text: an archive, a picture, a program."""

    def __init__(self, looks_like: str) -> None:
        #: what the bytes look like, for a person
        self.looks_like = looks_like
        super().__init__(f"the input is no text, it looks like {looks_like}: extract its text first, or leave it out")


class UnsupportedInput(InputError, TypeError):
    """A source of a type that no parser takes."""

    def __init__(self, kind: str) -> None:
        #: name of the type that was given
        self.kind = kind
        super().__init__(f"cannot clean a {kind}: give str, bytes, an lxml element or a BeautifulSoup")


class DeadlineExceeded(InputError):
    """A document that took longer than `Options.deadline`."""

    def __init__(self, deadline: float) -> None:
        #: seconds allowed for a document
        self.deadline = deadline
        super().__init__(f"cleaning took longer than {deadline:g} s: raise Options(deadline=…) or --deadline, or leave this document out")


class WorkerLost(InputError):
    """A document whose worker process died, or had to be ended."""

    def __init__(self, reason: str) -> None:
        #: what became of the process
        self.reason = reason
        super().__init__(f"{reason}: leave this document out, or clean it alone to see why")


class OptionError(CleanerError, ValueError):
    """A value that an option cannot have."""

    def __init__(self, option: str, value: object, reason: str) -> None:
        #: name of the option
        self.option = option
        #: the value that was given
        self.value = value
        super().__init__(f"option {option}={value!r}: {reason}")


class DataFileError(CleanerError, ValueError):
    """A rule, language, label or model file that cannot be used."""

    def __init__(self, path: str | Path, reason: str, part: str | None = None) -> None:
        #: the file
        self.path = str(path)
        #: the table in it, such as a rule's id, if one is to blame
        self.part = part
        #: what is wrong and what to write instead
        self.reason = reason
        super().__init__(f"{path}{f', {part}' if part else ''}: {reason}")


class RuleError(DataFileError):
    """A rule that cannot be used: names the file, the rule and the reason."""


class OutputError(CleanerError, OSError):
    """An output that may not or cannot be written."""

    def __init__(self, path: str | Path, reason: str) -> None:
        #: the path that was to be written
        self.path = str(path)
        #: what stands in the way and what to do
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class OutputFull(OutputError):
    """Nothing more can be written: the disk or the quota is full, or the disk is read-only."""


class RestoreError(CleanerError, ValueError):
    """A cleaned text and its ledger do not belong together."""

    def __init__(self, path: str | Path, reason: str) -> None:
        #: the file that differs
        self.path = str(path)
        #: which digest or part differs
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class MissingExtra(CleanerError, ImportError):
    """An optional package that is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        #: what was asked for
        self.feature = feature
        #: the extra that brings it
        self.extra = extra
        super().__init__(f"{feature} needs an extra: pip install 'article-cleaner[{extra}]'")
