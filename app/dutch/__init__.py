"""What does a sentence of the program say in Dutch?"""

from .problems import InDutch, problem_in_dutch, told_in_dutch
from .sentences import in_dutch
from .speaking import language_of, speak, spoken, told
from .word_labels import LANGUAGES, Labels, Language, labels

__all__ = [
    "LANGUAGES",
    "InDutch",
    "Labels",
    "Language",
    "in_dutch",
    "labels",
    "language_of",
    "problem_in_dutch",
    "speak",
    "spoken",
    "told",
    "told_in_dutch",
]
