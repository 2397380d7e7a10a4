"""Which partitions are within a budget?"""
