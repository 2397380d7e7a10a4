"""Which mergers may there be?"""
