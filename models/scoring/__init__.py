"""What is a merger worth: its terms under the weights of a scenario?"""
