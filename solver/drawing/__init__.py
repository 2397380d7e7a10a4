"""What is drawn by hand: what does it break, and how is it completed?"""
