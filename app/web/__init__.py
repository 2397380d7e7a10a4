"""How does the planner's page ask and answer?"""
