"""Building instances from official files: a configuration says which file and column feeds what."""

from .build import import_instance
from .config import ImportConfig, configurations, read_config

__all__ = ["ImportConfig", "configurations", "import_instance", "read_config"]
