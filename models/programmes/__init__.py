"""In which language is it asked: mathematical programmes and their blocks?"""
