"""What is there to say of this plan?"""
