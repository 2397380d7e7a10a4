"""What does a plan look like on a map?"""
