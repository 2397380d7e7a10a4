"""Which instance comes after a list of mergers?"""

from .after import Merged, merge_municipalities
from .merger_list import MergerList, read_mergers
from .past import is_instance, past_of

__all__ = ["Merged", "MergerList", "is_instance", "merge_municipalities", "past_of", "read_mergers"]
