"""Which instance comes after a list of mergers?"""

from .after import Merged, merge_municipalities
from .merger_list import MergerList, read_mergers

__all__ = ["Merged", "MergerList", "merge_municipalities", "read_mergers"]
