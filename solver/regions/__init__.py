"""What is the answer for a region?"""
