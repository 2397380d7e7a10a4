"""What does a planner take to the meeting: a plan with its reasons, alternatives and proof?"""
