"""Which blocks is a dossier made of?"""
