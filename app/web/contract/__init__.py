"""What do the page and its server say to each other?"""
