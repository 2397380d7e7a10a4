"""What does a sentence of the program say in Dutch?"""

from .numbers import date_text, list_text, number_text
from .problems import InDutch, problem_in_dutch, told_in_dutch
from .sentences import in_dutch
from .speaking import language_of, speak, spoken, told
from .word_labels import LANGUAGES, Labels, Language, labels

__all__ = [
    "LANGUAGES",
    "InDutch",
    "Labels",
    "Language",
    "date_text",
    "in_dutch",
    "labels",
    "language_of",
    "list_text",
    "number_text",
    "problem_in_dutch",
    "speak",
    "spoken",
    "told",
    "told_in_dutch",
]
