"""On which computers are the parts of an answer worked out?"""

from .choosing import executor_of
from .dask_cluster import Cluster
from .executor import Executor, Here, Lost

__all__ = ["Cluster", "Executor", "Here", "Lost", "executor_of"]
