"""Which other plans are there?"""
