"""Which mergers take effect when, and what do those that go first foreclose?"""
