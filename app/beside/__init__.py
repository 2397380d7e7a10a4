"""What is worked out in a process beside this one?"""
