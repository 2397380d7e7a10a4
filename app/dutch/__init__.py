"""What does a sentence of the program say in Dutch?"""

from .problems import InDutch, problem_in_dutch, told_in_dutch
from .sentences import in_dutch
from .word_labels import LANGUAGES, Labels, Language, labels

__all__ = [
    "LANGUAGES",
    "InDutch",
    "Labels",
    "Language",
    "in_dutch",
    "labels",
    "problem_in_dutch",
    "told_in_dutch",
]
