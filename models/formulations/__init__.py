"""How is it asked without listing candidates: compact formulations?"""
