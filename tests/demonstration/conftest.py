"""The demonstration is tried on the same ground as the imports."""

from tests.importing.conftest import changes, counting

__all__ = ["changes", "counting"]
