"""What does each chapter of a dossier say?"""
