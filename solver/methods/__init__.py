"""How is a connected component answered?"""
