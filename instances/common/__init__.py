"""What do all rooms need: arrays, problems, texts, files that are replaced as a whole?"""
