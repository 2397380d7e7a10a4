"""What does a worker compute for the page?"""
