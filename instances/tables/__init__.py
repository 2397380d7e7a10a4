"""What does a table say: delimited files and workbooks, read to the letter?"""

from ..common.lazy import face

face(__name__, {}, was="table")
