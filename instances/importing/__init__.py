"""Building instances from official files: a configuration says which file and column feeds what."""

from .build import import_instance
from .config import ImportConfig, configurations, read_config
from .districting import Districting, import_districting

__all__ = [
    "Districting",
    "ImportConfig",
    "configurations",
    "import_districting",
    "import_instance",
    "read_config",
]
