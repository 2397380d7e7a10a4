"""What is the answer for a region, and for all of them?"""
