"""What does a table hold: delimited files and workbooks, read to the letter?"""
