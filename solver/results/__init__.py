"""What is an answer?"""
