"""What is written, and is it right?"""
