"""How is a dossier written: as HTML, PDF and DOCX?"""
