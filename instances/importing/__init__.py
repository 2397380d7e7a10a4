"""How do official files become an instance?

A configuration says which file and column feeds what.
"""

from .build import Imported, import_instance, import_with_notes
from .config import ImportConfig, configurations, read_config
from .districting import Districting, import_districting

__all__ = [
    "Districting",
    "ImportConfig",
    "Imported",
    "configurations",
    "import_districting",
    "import_instance",
    "import_with_notes",
    "read_config",
]
