"""Which maps of two dates are best together, when what is merged early stays whole?"""
