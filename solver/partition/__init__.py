"""Which candidates make the best partition, and what proves it?"""
