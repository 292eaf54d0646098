"""What the tests of the kernel share."""

from __future__ import annotations

import pytest

from cleaner.kernel import COMPILED

#: nothing to compare where nothing was compiled, or Python is asked for
needs_kernel = pytest.mark.skipif(not COMPILED, reason="cleaner.kernel is not compiled here: pip install -e . with a C compiler")
