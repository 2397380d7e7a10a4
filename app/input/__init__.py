"""What do users give?"""
