"""What is asked, in words: scenarios, presets, sweeps?"""
